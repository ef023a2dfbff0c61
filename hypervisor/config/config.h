/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From bytes to a checked description. A view only knows bounds; the rules know meaning. Views
 * point into the blob, which must be a private copy and stay in place as long as the view is used.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <base/status.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/extension.h>

#define CONFIG_MAX_CELLS 16	/* root included */
#define CONFIG_MAX_BLOB 65536U	/* bytes of one blob */
#define CONFIG_MAX_CPU_SET 4096U	/* bytes of a CPU set */
#define CONFIG_GUEST_LIMIT (1ULL << 48)	/* guest addresses that four levels translate */

/* Ends of one link, and what each can have. */
#define CONFIG_MAX_PEERS 12U
#define CONFIG_MAX_LINK_VECTORS 16U
#define CONFIG_MAX_PINS 120U		/* of an IOAPIC */

/* Arrays of a cell's config: the format, their lengths in desc, and enum object have one order. */
#define CONFIG_ARRAYS (OBJECT_STREAM_ID - OBJECT_CPU + 1)

struct cell_view {
	const struct jailhouse_cell_desc *desc;	/* array lengths are its num_* fields */
	union {
		const void *arrays[CONFIG_ARRAYS];	/* each of them by number */
		struct {
			const u8 *cpus;	/* desc->cpu_set_size bytes, CPU n is bit n */
			const struct jailhouse_memory *memory;
			const struct jailhouse_cache *caches;
			const struct jailhouse_irqchip *irqchips;
			const struct jailhouse_pio *pio;
			const struct jailhouse_pci_device *devices;
			const struct jailhouse_pci_capability *caps;
			const union jailhouse_stream_id *stream_ids;
		};
	};
	const u8 *extension;	/* records of the extension block, NULL: none */
	u32 extension_size;	/* bytes of records */
	u32 unprotected;	/* JAILHOUSE_UNPROTECTED_* of the UNPROTECTED record, 0: none */
};

struct system_view {
	const struct jailhouse_system *header;
	const struct config_arch *arch;	/* what the machine is like, as the header says */
	struct cell_view root;
};

/* What a kind of machine adds to the rules. An image knows only its own, tools know all. */
struct config_arch;
extern const struct config_arch config_x86, config_arm64;
/* NULL: JAILHOUSE_ARM, or no architecture at all. */
const struct config_arch *config_arch_of(u8 architecture);

/* Bounds, signature, architecture, revision, extension container; blob is exactly size bytes. */
enum status cell_view_open(struct cell_view *view, const struct config_arch *arch, const void *blob,
			   u32 size, struct refusal *refusal) MUST_USE;
enum status system_view_open(struct system_view *view, const struct config_arch *arch,
			     const void *blob, u32 size, struct refusal *refusal) MUST_USE;
/*
 * Total bytes of a blob as its counts claim them, when only its start is at hand. The extension
 * block is included as soon as available reaches over its header; 0: it cannot be a blob, or
 * available is less than the fixed part.
 */
u32 cell_blob_size(const void *blob, u32 available);
u32 system_blob_size(const void *blob, u32 available);

/* Everything that is in force together. cells[0] is unused: the root cell is system->root. */
struct config_set {
	const struct system_view *system;
	const struct cell_view *cells[CONFIG_MAX_CELLS];	/* by slot; NULL: empty slot */
	u32 allow_unprotected; /* module parameter: JAILHOUSE_UNPROTECTED_* granted to every cell */
	u8 phys_bits;	/* of addresses that this machine's CPUs have; 0: nobody has asked them */
};

static inline const struct cell_view *config_cell(const struct config_set *set, unsigned slot)
{
	return slot == 0 ? &set->system->root : set->cells[slot];
}

/* Entry i of one of the arrays; NULL: there are no more. */
const void *config_entry(const struct cell_view *cell, enum object array, u32 i);
bool config_has_cpu(const struct cell_view *cell, u32 cpu);
/* CPU numbers up to the last one of the cell, all counted. */
u32 config_cpus(const struct cell_view *cell);
/* IOMMU units in use: the list ends at the first one with base 0. */
unsigned config_units(const struct system_view *system);
/* What the cell in slot is not protected from: its record and what the module parameter grants. */
u32 config_unprotected(const struct config_set *set, unsigned slot);

/* A stream id as the machine's units see it. */
struct config_stream {
	u32 id;
	u32 mask;	/* bits of id that do not matter; only the MMU-500 has them */
};

struct config_stream config_stream(const struct system_view *system,
				   const union jailhouse_stream_id *entry);

static inline bool config_streams_meet(struct config_stream a, struct config_stream b)
{
	return ((a.id ^ b.id) & ~a.mask & ~b.mask) == 0;
}

/* The n-th message frame that the system config names; NULL: there are no more. */
const struct jailhouse_message_frame *config_frame(const struct system_view *system, u32 n);

/*
 * The irqchips of a cell, and behind them, as one more entry, the interrupts of its virtual PCI
 * host: those of INTA to INTD that a shared-memory device without MSI-X uses; on x86 there are
 * none. False: no entry i.
 */
bool config_chip(const struct system_view *system, const struct cell_view *cell, u32 i,
		 struct jailhouse_irqchip *chip);

/* All rules over the whole set; the first violated one is described in *refusal. */
enum status config_check(const struct config_set *set, struct refusal *refusal) MUST_USE;
/* In driver and tools only: refusal_print with the names of the cells, and lines of virtual PCI by theirs. */
unsigned config_refusal_print(const struct config_set *set, const struct refusal *refusal, char *text,
			      unsigned size);

#endif
