// SPDX-License-Identifier: GPL-2.0
/* Compiled from the hypervisor's sources, so that tool and hypervisor cannot disagree. */
#include <config/config.h>

#include "blob.h"
#include "report.h"

bool blob_is_system(const struct file *file, const char *path)
{
	struct refusal refusal;
	struct system_view view;
	char text[1024];

	if (!file->size)
		return refuse("%s is empty; give a compiled system configuration", path), false;
	if (file->size > CONFIG_MAX_BLOB)
		return refuse("%s: %zu bytes, a configuration has at most %u", path, file->size,
			      CONFIG_MAX_BLOB), false;
	if (system_view_open(&view, file->data, (u32)file->size, &refusal) == OK)
		return true;
	refusal_print(&refusal, text, sizeof(text));
	return refuse("%s: %s", path, text), false;
}
