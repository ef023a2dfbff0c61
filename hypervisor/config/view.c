// SPDX-License-Identifier: GPL-2.0
/*
 * Where the arrays of a blob are, and whether they are inside it. Nothing else is asked of the
 * content: meaning is the matter of the rules.
 */
#include <base/string.h>
#include <config/extension.h>

#define SYSTEM_BYTES sizeof(struct jailhouse_system)
#define CELL_BYTES sizeof(struct jailhouse_cell_desc)

/* What is left of a blob while its parts are taken one after the other. */
struct cursor {
	const u8 *at;
	u32 left;
	struct refusal *refusal;
	const char *cell;
};

/* The num_* field of each array, in the order of the arrays. */
struct array {
	enum object object;
	u32 count, size;
};

#define ARRAYS 7

static void arrays_of(const struct jailhouse_cell_desc *desc, struct array arrays[ARRAYS])
{
	const struct array all[ARRAYS] = {
		{ OBJECT_MEMORY, desc->num_memory_regions, sizeof(struct jailhouse_memory) },
		{ OBJECT_CACHE, desc->num_cache_regions, sizeof(struct jailhouse_cache) },
		{ OBJECT_IRQCHIP, desc->num_irqchips, sizeof(struct jailhouse_irqchip) },
		{ OBJECT_PIO, desc->num_pio_regions, sizeof(struct jailhouse_pio) },
		{ OBJECT_PCI_DEVICE, desc->num_pci_devices, sizeof(struct jailhouse_pci_device) },
		{ OBJECT_PCI_CAP, desc->num_pci_caps, sizeof(struct jailhouse_pci_capability) },
		{ OBJECT_STREAM_ID, desc->num_stream_ids, sizeof(union jailhouse_stream_id) },
	};

	memcpy(arrays, all, sizeof(all));
}

static enum status take(struct cursor *cursor, const struct array *array, const void **start)
{
	const u64 bytes = (u64)array->count * array->size;

	if (bytes > cursor->left)
		return refusal_fill(cursor->refusal, STATUS_VIEW_COUNT, cursor->cell, array->object,
				    0, array->count, cursor->left);
	*start = cursor->at;
	cursor->at += bytes;
	cursor->left -= (u32)bytes;
	return OK;
}

static enum status take_cpus(struct cursor *cursor, const struct jailhouse_cell_desc *desc,
			     const u8 **cpus)
{
	if (desc->cpu_set_size > CONFIG_MAX_CPU_SET)
		return refusal_fill(cursor->refusal, STATUS_VIEW_CPU_SET, cursor->cell, OBJECT_CELL,
				    0, desc->cpu_set_size, CONFIG_MAX_CPU_SET);
	if (desc->cpu_set_size > cursor->left)
		return refusal_fill(cursor->refusal, STATUS_VIEW_TRUNCATED, cursor->cell,
				    OBJECT_CELL, 0, cursor->left, desc->cpu_set_size);
	*cpus = cursor->at;
	cursor->at += desc->cpu_set_size;
	cursor->left -= desc->cpu_set_size;
	return OK;
}

static enum status take_arrays(struct cursor *cursor, struct cell_view *view)
{
	const void *start[ARRAYS];
	struct array arrays[ARRAYS];
	enum status status = take_cpus(cursor, view->desc, &view->cpus);

	arrays_of(view->desc, arrays);
	for (unsigned i = 0; i < ARRAYS && status == OK; i++)
		status = take(cursor, &arrays[i], &start[i]);
	if (status != OK)
		return status;
	view->memory = start[0];
	view->caches = start[1];
	view->irqchips = start[2];
	view->pio = start[3];
	view->devices = start[4];
	view->caps = start[5];
	view->stream_ids = start[6];
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

static enum status check_head(const void *blob, u32 size, u32 fixed, const char *signature,
			      struct refusal *refusal)
{
	const struct head *head = blob;

	if (size > CONFIG_MAX_BLOB)
		return refusal_fill(refusal, STATUS_VIEW_BIG, "", OBJECT_CELL, 0, size,
				    CONFIG_MAX_BLOB);
	if (size < sizeof(*head))
		return refusal_fill(refusal, STATUS_VIEW_TRUNCATED, "", OBJECT_CELL, 0, size,
				    fixed);
	if (memcmp(head->signature, signature, sizeof(head->signature)) != 0)
		return refusal_fill(refusal, STATUS_VIEW_SIGNATURE, "", OBJECT_CELL, 0,
				    signature_value(head->signature), signature_value(signature));
	if (head->revision != JAILHOUSE_CONFIG_REVISION)
		return refusal_fill(refusal, STATUS_VIEW_REVISION, "", OBJECT_CELL, 0,
				    head->revision, JAILHOUSE_CONFIG_REVISION);
	if (head->architecture != CONFIG_ARCHITECTURE)
		return refusal_fill(refusal, STATUS_VIEW_ARCHITECTURE, "", OBJECT_CELL, 0,
				    head->architecture, CONFIG_ARCHITECTURE);
	if (size < fixed)
		return refusal_fill(refusal, STATUS_VIEW_TRUNCATED, "", OBJECT_CELL, 0, size,
				    fixed);
	return OK;
}

/* Everything behind the descriptor, which is the last fixed part of both kinds. */
static enum status open_arrays(struct cell_view *view, const struct jailhouse_cell_desc *desc,
			       u32 left, struct refusal *refusal)
{
	struct cursor cursor = {
		.at = (const u8 *)(desc + 1), .left = left, .refusal = refusal, .cell = desc->name,
	};
	enum status status;

	*view = (struct cell_view){ .desc = desc };
	status = take_arrays(&cursor, view);
	if (status == OK && cursor.left > 0)
		status = extension_open(view, cursor.at, cursor.left, refusal);
	return status;
}

enum status cell_view_open(struct cell_view *view, const void *blob, u32 size,
			   struct refusal *refusal)
{
	enum status status =
		check_head(blob, size, CELL_BYTES, JAILHOUSE_CELL_DESC_SIGNATURE, refusal);

	return status != OK ? status : open_arrays(view, blob, size - (u32)CELL_BYTES, refusal);
}

enum status system_view_open(struct system_view *view, const void *blob, u32 size,
			     struct refusal *refusal)
{
	enum status status =
		check_head(blob, size, SYSTEM_BYTES, JAILHOUSE_SYSTEM_SIGNATURE, refusal);

	if (status != OK)
		return status;
	view->header = blob;
	return open_arrays(&view->root, &view->header->root_cell, size - (u32)SYSTEM_BYTES,
			   refusal);
}

/* fixed: bytes of blob up to and with its descriptor. */
static u32 blob_size(const void *blob, u32 available, u32 fixed)
{
	const struct jailhouse_cell_desc *desc;
	struct array arrays[ARRAYS];
	u64 size = fixed;

	if (available < fixed)
		return 0;
	desc = (const void *)((const u8 *)blob + fixed - CELL_BYTES);
	arrays_of(desc, arrays);
	size += desc->cpu_set_size;
	for (unsigned i = 0; i < ARRAYS; i++)
		size += (u64)arrays[i].count * arrays[i].size;
	if (size > CONFIG_MAX_BLOB)
		return 0;
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
