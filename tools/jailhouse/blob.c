// SPDX-License-Identifier: GPL-2.0
/* Compiled from the hypervisor's sources, so that tool and hypervisor cannot disagree. */
#include "blob.h"
#include "report.h"

static bool explain(enum status why, const struct refusal *refusal, const char *path)
{
	char text[1024];

	if (why == OK)
		return true;
	refusal_print(refusal, text, sizeof(text));
	return refuse("%s: %s", path, text), false;
}

static bool has_size(const struct file *file, const char *path)
{
	if (!file->size)
		return refuse("%s is empty; a configuration has 1 to %u bytes", path,
			      CONFIG_MAX_BLOB), false;
	if (file->size > CONFIG_MAX_BLOB)
		return refuse("%s: %zu bytes, a configuration has at most %u", path, file->size,
			      CONFIG_MAX_BLOB), false;
	return true;
}

/* The machine that a system's header names; a header that names none is refused by any of them. */
static const struct config_arch *arch_of(const struct file *file)
{
	const struct jailhouse_system *header = file->data;
	const struct config_arch *arch = NULL;

	if (file->size > offsetof(struct jailhouse_system, architecture))
		arch = config_arch_of(header->architecture);
	return arch ? arch : &config_x86;
}

bool blob_view_cell(struct cell_view *view, const struct config_arch *arch, const struct file *file,
		    const char *path)
{
	struct refusal refusal;

	return has_size(file, path) &&
	       explain(cell_view_open(view, arch, file->data, (u32)file->size, &refusal), &refusal,
		       path);
}

bool blob_view_system(struct system_view *view, const struct file *file, const char *path)
{
	struct refusal refusal;

	return has_size(file, path) &&
	       explain(system_view_open(view, arch_of(file), file->data, (u32)file->size, &refusal),
		       &refusal, path);
}
