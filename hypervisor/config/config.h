/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From bytes to a checked description. A view only knows bounds; the rules know meaning. Views point
 * into the blob, which must be a private copy and stay in place as long as the view is used.
 */
#ifndef CONFIG_CONFIG_H
#define CONFIG_CONFIG_H

#include <base/status.h>
#include <jailhouse/cell-config.h>
#include <jailhouse/extension.h>

#define CONFIG_MAX_CELLS 16	/* root included */
#define CONFIG_MAX_BLOB 65536U	/* bytes of one blob */

struct cell_view {
	const struct jailhouse_cell_desc *desc;	/* array lengths are its num_* fields */
	const u8 *cpus;				/* desc->cpu_set_size bytes, CPU n is bit n */
	const struct jailhouse_memory *memory;
	const struct jailhouse_cache *caches;
	const struct jailhouse_irqchip *irqchips;
	const struct jailhouse_pio *pio;
	const struct jailhouse_pci_device *devices;
	const struct jailhouse_pci_capability *caps;
	const union jailhouse_stream_id *stream_ids;
	const u8 *extension;	/* records of the extension block, NULL: none */
	u32 extension_size;	/* bytes of records */
	u32 unprotected;	/* JAILHOUSE_UNPROTECTED_* of the UNPROTECTED record, 0: none */
};

struct system_view {
	const struct jailhouse_system *header;
	struct cell_view root;
};

/* Bounds, signature, architecture, revision, extension container; blob is exactly size bytes. */
enum status cell_view_open(struct cell_view *view, const void *blob, u32 size,
			   struct refusal *refusal) MUST_USE;
enum status system_view_open(struct system_view *view, const void *blob, u32 size,
			     struct refusal *refusal) MUST_USE;
/* Total bytes of a valid blob as its header claims them (extension included), 0 when it cannot be. */
u32 cell_blob_size(const void *blob, u32 available);
u32 system_blob_size(const void *blob, u32 available);

/* Everything that is in force together. cells[0] is unused: the root cell is system->root. */
struct config_set {
	const struct system_view *system;
	const struct cell_view *cells[CONFIG_MAX_CELLS];	/* by slot; NULL: empty slot */
	u32 allow_unprotected;	/* module parameter: JAILHOUSE_UNPROTECTED_* granted to every cell */
};

static inline const struct cell_view *config_cell(const struct config_set *set, unsigned slot)
{
	return slot == 0 ? &set->system->root : set->cells[slot];
}

/* All rules over the whole set; the first violated one is described in *refusal. */
enum status config_check(const struct config_set *set, struct refusal *refusal) MUST_USE;

#endif
