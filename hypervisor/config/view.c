// SPDX-License-Identifier: GPL-2.0
/*
 * Where the arrays of a blob are, and whether they are inside it. Nothing else is asked of the
 * content: meaning is the matter of the rules.
 */
#include <base/string.h>
#include <config/extension.h>
#include <config/rules.h>

#define SYSTEM_BYTES sizeof(struct jailhouse_system)
#define CELL_BYTES sizeof(struct jailhouse_cell_desc)

/* What is left of a blob while its parts are taken one after the other. */
struct cursor {
	const u8 *at;
	u32 left;
	enum status status;	/* of the first part that did not fit; nothing is taken after it */
	struct refusal *refusal;
	const char *cell;
};

/* The next count entries of so many bytes. */
static const void *take(struct cursor *cursor, enum object object, u32 count, u32 size)
{
	const void *start = cursor->at;
	const u64 bytes = (u64)count * size;

	if (cursor->status != OK)
		return NULL;
	if (bytes > cursor->left) {
		cursor->status = refusal_fill(cursor->refusal, STATUS_VIEW_COUNT, cursor->cell,
					      object, 0, count, cursor->left);
		return NULL;
	}
	cursor->at += bytes;
	cursor->left -= (u32)bytes;
	return start;
}

/* The arrays in the order of the format. */
static void take_arrays(struct cursor *cursor, struct cell_view *view)
{
	const struct jailhouse_cell_desc *desc = view->desc;

	view->cpus = take(cursor, OBJECT_CPU, desc->cpu_set_size, 1);
	view->memory = take(cursor, OBJECT_MEMORY, desc->num_memory_regions, sizeof(*view->memory));
	view->caches = take(cursor, OBJECT_CACHE, desc->num_cache_regions, sizeof(*view->caches));
	view->irqchips = take(cursor, OBJECT_IRQCHIP, desc->num_irqchips, sizeof(*view->irqchips));
	view->pio = take(cursor, OBJECT_PIO, desc->num_pio_regions, sizeof(*view->pio));
	view->devices = take(cursor, OBJECT_PCI_DEVICE, desc->num_pci_devices, sizeof(*view->devices));
	view->caps = take(cursor, OBJECT_PCI_CAP, desc->num_pci_caps, sizeof(*view->caps));
	view->stream_ids = take(cursor, OBJECT_STREAM_ID, desc->num_stream_ids, sizeof(*view->stream_ids));
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
			      u8 architecture, struct refusal *refusal)
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
	if (head->architecture != architecture)
		return refusal_fill(refusal, STATUS_VIEW_ARCHITECTURE, "", OBJECT_CELL, 0,
				    head->architecture, architecture);
	if (size < fixed)
		return refusal_fill(refusal, STATUS_VIEW_TRUNCATED, "", OBJECT_CELL, 0, size,
				    fixed);
	return OK;
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
			       const struct jailhouse_cell_desc *desc, u32 left,
			       struct refusal *refusal)
{
	struct cursor cursor = {
		.at = (const u8 *)(desc + 1), .left = left, .refusal = refusal, .cell = desc->name,
		.status = check_cpu_set(desc, left, refusal),
	};

	*view = (struct cell_view){ .desc = desc };
	take_arrays(&cursor, view);
	if (cursor.status == OK && cursor.left > 0)
		return extension_open(view, arch->unprotected, cursor.at, cursor.left, refusal);
	return cursor.status;
}

enum status cell_view_open(struct cell_view *view, const struct config_arch *arch, const void *blob,
			   u32 size, struct refusal *refusal)
{
	enum status status = check_head(blob, size, CELL_BYTES, JAILHOUSE_CELL_DESC_SIGNATURE,
					arch->architecture, refusal);

	return status != OK ? status
			    : open_arrays(view, arch, blob, size - (u32)CELL_BYTES, refusal);
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
			   refusal);
}

/* fixed: bytes of blob up to and with its descriptor. */
static u32 blob_size(const void *blob, u32 available, u32 fixed)
{
	struct refusal unread;
	struct cursor cursor = { .at = (const u8 *)blob + fixed, .left = CONFIG_MAX_BLOB - fixed,
				 .refusal = &unread, .cell = "" };
	struct cell_view view;
	u64 size;

	if (available < fixed)
		return 0;
	view.desc = (const void *)(cursor.at - CELL_BYTES);
	take_arrays(&cursor, &view);
	if (cursor.status != OK)
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
