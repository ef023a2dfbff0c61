/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The extension block behind the arrays of a revision-14 blob. A blob without it is complete.
 * Layout: one header, then records back to back, each padded with zeros to 8 bytes. Unknown kinds
 * are refused, as is a second record of a kind that may come once.
 */
#ifndef _JAILHOUSE_EXTENSION_H
#define _JAILHOUSE_EXTENSION_H

#include <jailhouse/types.h>

#define JAILHOUSE_EXTENSION_MAGIC	"CBLKEXT"	/* 7 characters and NUL: 8 bytes */
#define JAILHOUSE_EXTENSION_VERSION	1

struct jailhouse_extension_header {
	char magic[8];
	__u32 version;
	__u32 size;	/* bytes of the whole block, this header included, multiple of 8 */
} __attribute__((packed));

struct jailhouse_extension_record {
	__u32 kind;
	__u32 size;	/* bytes of this record with this header, before padding to 8 */
} __attribute__((packed));

#define JAILHOUSE_EXTENSION_UNPROTECTED	1	/* at most once */

/* The config says out loud what is not isolated. */
#define JAILHOUSE_UNPROTECTED_DMA	0x1	/* devices of the cell can reach all memory */
#define JAILHOUSE_UNPROTECTED_IRQ	0x2	/* devices of the cell can raise any interrupt */
#define JAILHOUSE_UNPROTECTED_PIO	0x4	/* its ports may be another cell's, if both say so */
/*
 * Its interrupts go straight to it, where a GICv3 with one security state can do that (64-bit Arm
 * only): it can refuse to be interrupted for management, and can end an interrupt of another cell
 * early. Nobody but the config itself can say so.
 */
#define JAILHOUSE_UNPROTECTED_DELIVERY	0x8
#define JAILHOUSE_UNPROTECTED_ALL	0xf

struct jailhouse_extension_unprotected {
	struct jailhouse_extension_record record;
	__u32 what;
	__u32 reserved;	/* 0 */
} __attribute__((packed));

/* A whole block with only that record, as the last member of a config. */

/*
 * In system configs for 64-bit Arm, one for each frame: a write there becomes an interrupt (the frame of a
 * GICv2m, an ITS). Whoever reaches it must own all that it raises.
 */
#define JAILHOUSE_EXTENSION_MESSAGE_FRAME	2

struct jailhouse_message_frame {
	struct jailhouse_extension_record record;
	__u64 base, bytes;		/* physical, whole pages */
	__u32 first, count;		/* interrupts it can raise; count 0: any, so it is nobody's */
} __attribute__((packed));

/* The parts of a block in a config file; whole: the object that has them all, header first. */
#define JAILHOUSE_EXTENSION_HEADER(whole)						\
	{										\
		.magic = JAILHOUSE_EXTENSION_MAGIC,					\
		.version = JAILHOUSE_EXTENSION_VERSION,					\
		.size = sizeof(whole),							\
	}
#define JAILHOUSE_UNPROTECTED_RECORD(flags)						\
	{										\
		.record = {								\
			.kind = JAILHOUSE_EXTENSION_UNPROTECTED,			\
			.size = sizeof(struct jailhouse_extension_unprotected),		\
		},									\
		.what = flags,								\
	}
#define JAILHOUSE_MESSAGE_FRAME_RECORD(at, size_of, first_of, count_of)			\
	{										\
		.record = {								\
			.kind = JAILHOUSE_EXTENSION_MESSAGE_FRAME,			\
			.size = sizeof(struct jailhouse_message_frame),	\
		},									\
		.base = at, .bytes = size_of, .first = first_of, .count = count_of,	\
	}

/* A whole block with only that record, as the last member of a config. */
struct jailhouse_extension_only_unprotected {
	struct jailhouse_extension_header header;
	struct jailhouse_extension_unprotected unprotected;
} __attribute__((packed));

#define JAILHOUSE_EXTENSION_ONLY_UNPROTECTED(flags)					\
	{										\
		.header = JAILHOUSE_EXTENSION_HEADER(struct jailhouse_extension_only_unprotected), \
		.unprotected = JAILHOUSE_UNPROTECTED_RECORD(flags),			\
	}

_Static_assert(sizeof(struct jailhouse_extension_header) == 16, "layout");
_Static_assert(sizeof(struct jailhouse_extension_record) == 8, "layout");
_Static_assert(sizeof(struct jailhouse_extension_unprotected) == 16, "layout");
_Static_assert(sizeof(struct jailhouse_message_frame) == 32, "layout");
_Static_assert(sizeof(struct jailhouse_extension_only_unprotected) == 32, "layout");

#endif
