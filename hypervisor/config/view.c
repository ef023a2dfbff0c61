// SPDX-License-Identifier: GPL-2.0
/*
 * Where the arrays of a blob are, and whether they are inside it. Nothing else is asked of the
 * content: meaning is the matter of the rules.
 */
#include <config/extension.h>
#include <config/rules.h>

/* Kinds of records that a config may have, a bit for each. */
#define CELL_RECORDS (1U << JAILHOUSE_EXTENSION_UNPROTECTED)
#define SYSTEM_RECORDS (CELL_RECORDS | 1U << JAILHOUSE_EXTENSION_MESSAGE_FRAME)
#define SYSTEM_BYTES sizeof(struct jailhouse_system)
#define CELL_BYTES sizeof(struct jailhouse_cell_desc)

/* What is left of a blob while its arrays are taken one after the other. */
struct cursor {
	const u8 *at;
	u32 left;
};

/* The arrays: which, where a view has them, and which field of the descriptor is their length. */
#define ARRAYS(ROW)						\
	ROW(OBJECT_CPU, cpus, cpu_set_size)			\
	ROW(OBJECT_MEMORY, memory, num_memory_regions)		\
	ROW(OBJECT_CACHE, caches, num_cache_regions)		\
	ROW(OBJECT_IRQCHIP, irqchips, num_irqchips)		\
	ROW(OBJECT_PIO, pio, num_pio_regions)			\
	ROW(OBJECT_PCI_DEVICE, devices, num_pci_devices)	\
	ROW(OBJECT_PCI_CAP, caps, num_pci_caps)			\
	ROW(OBJECT_STREAM_ID, stream_ids, num_stream_ids)

#define BYTES(object, member, length) \
	[(object) - OBJECT_CPU] = sizeof(*((struct cell_view *)0)->member),
#define IN_ORDER(object, member, length)						\
	_Static_assert(__builtin_offsetof(struct cell_view, member) ==			\
		       __builtin_offsetof(struct cell_view, arrays[(object) - OBJECT_CPU]) && \
		       __builtin_offsetof(struct jailhouse_cell_desc, length) ==	\
		       LENGTHS + ((object) - OBJECT_CPU) * sizeof(u32), "one order of arrays");
#define LENGTHS __builtin_offsetof(struct jailhouse_cell_desc, cpu_set_size)

ARRAYS(IN_ORDER)
static const u8 entry_bytes[CONFIG_ARRAYS] = { ARRAYS(BYTES) };

struct lengths {
	u32 of[CONFIG_ARRAYS];
} __attribute__((packed));

static u32 length_of(const struct jailhouse_cell_desc *desc, unsigned array)
{
	return ((const struct lengths *)((const u8 *)desc + LENGTHS))->of[array];
}

const void *config_entry(const struct cell_view *cell, enum object object, u32 i)
{
	const unsigned array = object - OBJECT_CPU;

	return i < length_of(cell->desc, array)
		       ? (const u8 *)cell->arrays[array] + i * entry_bytes[array] : NULL;
}

/* All entries of all arrays must be there. */
static enum status take_arrays(struct cell_view *view, struct cursor *cursor,
			       struct refusal *refusal)
{
	for (unsigned array = 0; array < CONFIG_ARRAYS; array++) {
		const u32 length = length_of(view->desc, array);
		const u64 bytes = (u64)length * entry_bytes[array];

		if (bytes > cursor->left)
			return refusal_fill(refusal, STATUS_VIEW_COUNT, view->desc->name,
					    OBJECT_CPU + array, 0, length, cursor->left);
		view->arrays[array] = cursor->at;
		cursor->at += bytes;
		cursor->left -= (u32)bytes;
	}
	return OK;
}

/* First bytes of a blob: five of signature, architecture, revision. */
struct head {
	char signature[5];
	u8 architecture;
	u16 revision;
} __attribute__((packed));

static u64 signature_value(const char *signature)
{
	u64 value = 0;

	for (unsigned i = 0; i < 5; i++)
		value = value << 8 | (u8)signature[i];
	return value;
}

static enum status refuse(struct refusal *refusal, enum status why, u64 a, u64 b)
{
	return refusal_fill(refusal, why, NULL, OBJECT_CELL, 0, a, b);
}

static enum status check_head(const void *blob, u32 size, u32 fixed, const char *signature,
			      u8 architecture, struct refusal *refusal)
{
	const struct head *head = blob;
	const u64 wanted = signature_value(signature);

	if (size > CONFIG_MAX_BLOB)
		return refuse(refusal, STATUS_VIEW_BIG, size, CONFIG_MAX_BLOB);
	if (size < sizeof(*head))
		return refuse(refusal, STATUS_VIEW_TRUNCATED, size, fixed);
	if (signature_value(head->signature) != wanted)
		return refuse(refusal, STATUS_VIEW_SIGNATURE, signature_value(head->signature),
			      wanted);
	if (head->revision != JAILHOUSE_CONFIG_REVISION)
		return refuse(refusal, STATUS_VIEW_REVISION, head->revision,
			      JAILHOUSE_CONFIG_REVISION);
	if (head->architecture != architecture)
		return refuse(refusal, STATUS_VIEW_ARCHITECTURE, head->architecture, architecture);
	return size < fixed ? refuse(refusal, STATUS_VIEW_TRUNCATED, size, fixed) : OK;
}

static enum status check_cpu_set(const struct jailhouse_cell_desc *desc, u32 left,
				 struct refusal *refusal)
{
	const u32 bytes = desc->cpu_set_size;

	if (bytes > CONFIG_MAX_CPU_SET)
		return refusal_fill(refusal, STATUS_VIEW_CPU_SET, desc->name, OBJECT_CELL, 0, bytes,
				    CONFIG_MAX_CPU_SET);
	if (bytes > left)
		return refusal_fill(refusal, STATUS_VIEW_TRUNCATED, desc->name, OBJECT_CELL, 0, left,
				    bytes);
	return OK;
}

/* Everything behind the descriptor, which is the last fixed part of both kinds. */
static enum status open_arrays(struct cell_view *view, const struct config_arch *arch,
			       const struct jailhouse_cell_desc *desc, u32 left, u32 kinds,
			       struct refusal *refusal)
{
	struct cursor cursor = { .at = (const u8 *)(desc + 1), .left = left };
	enum status status = check_cpu_set(desc, left, refusal);

	*view = (struct cell_view){ .desc = desc };
	if (status == OK)
		status = take_arrays(view, &cursor, refusal);
	if (status == OK && cursor.left > 0)
		status = extension_open(view, arch->unprotected, kinds, cursor.at, cursor.left,
					refusal);
	return status;
}

enum status cell_view_open(struct cell_view *view, const struct config_arch *arch, const void *blob,
			   u32 size, struct refusal *refusal)
{
	enum status status = check_head(blob, size, CELL_BYTES, JAILHOUSE_CELL_DESC_SIGNATURE,
					arch->architecture, refusal);

	return status != OK ? status
			    : open_arrays(view, arch, blob, size - (u32)CELL_BYTES,
					   CELL_RECORDS, refusal);
}

enum status system_view_open(struct system_view *view, const struct config_arch *arch,
			     const void *blob, u32 size, struct refusal *refusal)
{
	enum status status = check_head(blob, size, SYSTEM_BYTES, JAILHOUSE_SYSTEM_SIGNATURE,
					arch->architecture, refusal);

	if (status != OK)
		return status;
	view->header = blob;
	view->arch = arch;
	return open_arrays(&view->root, arch, &view->header->root_cell, size - (u32)SYSTEM_BYTES,
			   SYSTEM_RECORDS, refusal);
}

/* fixed: bytes of blob up to and with its descriptor. */
static u32 blob_size(const void *blob, u32 available, u32 fixed)
{
	struct cursor cursor = { .at = (const u8 *)blob + fixed, .left = CONFIG_MAX_BLOB - fixed };
	struct refusal unread;
	struct cell_view view;
	u64 size;

	if (available < fixed)
		return 0;
	view.desc = (const void *)(cursor.at - CELL_BYTES);
	if (take_arrays(&view, &cursor, &unread) != OK)
		return 0;
	size = CONFIG_MAX_BLOB - cursor.left;
	if (available > size)
		size += extension_size((const u8 *)blob + size, available - (u32)size);
	return size > CONFIG_MAX_BLOB ? 0 : (u32)size;
}

u32 cell_blob_size(const void *blob, u32 available)
{
	return blob_size(blob, available, CELL_BYTES);
}

u32 system_blob_size(const void *blob, u32 available)
{
	return blob_size(blob, available, SYSTEM_BYTES);
}
