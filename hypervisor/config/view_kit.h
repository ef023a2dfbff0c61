/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For tests of views: blobs of the standard machine. Each is opened in memory of exactly its size, where
 * the sanitizer sees the first byte too many.
 */
#ifndef CONFIG_VIEW_KIT_H
#define CONFIG_VIEW_KIT_H

#include <stdlib.h>
#include <string.h>

#include <base/status.h>
#include <host/config_builder.h>

static u8 room[CONFIG_MAX_BLOB];
static struct refusal refusal;

static inline enum status open_bytes(bool system, const u8 *bytes, u32 size)
{
	struct system_view system_view;
	struct cell_view cell_view;
	u8 *copy = malloc(size ? size : 1);
	enum status status;

	memcpy(copy, bytes, size);
	status = system ? system_view_open(&system_view, &config_x86, copy, size, &refusal)
			: cell_view_open(&cell_view, &config_x86, copy, size, &refusal);
	free(copy);
	return status;
}

static inline u32 write_blob(bool system)
{
	struct machine m;

	machine_standard(&m);
	m.root.unprotected = JAILHOUSE_UNPROTECTED_DMA;
	return system ? config_write_system(&m.system, &m.root, room, sizeof(room))
		      : config_write_cell(&m.cell[0], room, sizeof(room));
}

#define EXTENSION_BYTES (u32)sizeof(struct jailhouse_extension_only_unprotected)

#endif
