// SPDX-License-Identifier: GPL-2.0
/* Compiled from the hypervisor's sources, so that tool and hypervisor cannot disagree. */
#include <string.h>

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

/* Files that are taken for configurations, and what is to be done. */
static const struct file_mark others[] = {
	{ 0, "\x7f" "ELF", "an ELF object; take the configuration out of it: objcopy -O binary "
			   "--remove-section=.note.gnu.property FILE.o FILE.cell" },
	{ 56, "ARM\x64", "a kernel; in \"jailhouse cell linux\" the configuration comes before "
			 "it" },
	{ 0, "\x1f\x8b", "compressed by gzip, as kernels are; in \"jailhouse cell linux\" the "
			 "configuration comes before the kernel" },
	{ 0 }
};

#define TEXT_PROBE 256u

/* A configuration has control codes from its architecture on, which follows the signature. */
static bool is_text(const struct file *file)
{
	const unsigned char *bytes = file->data;
	size_t i, size = file->size < TEXT_PROBE ? file->size : TEXT_PROBE;

	for (i = 0; i < size && (bytes[i] >= ' ' || (bytes[i] >= '\t' && bytes[i] <= '\r')); i++)
		;
	return i == size && size > 0 && memcmp(bytes, "JH", size > 1 ? 2 : 1) != 0;
}

bool blob_is_compiled(const struct file *file, const char *path)
{
	const char *what = file_mark_of(others, file->data, file->size);

	if (!what && is_text(file))
		what = "a text file; compile it and take the configuration out of the object, as "
		       "Documentation/configuration.md shows";
	return !what || (refuse("%s is %s", path, what), false);
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

	return blob_is_compiled(file, path) && has_size(file, path) &&
	       explain(cell_view_open(view, arch, file->data, (u32)file->size, &refusal), &refusal,
		       path);
}

bool blob_view_system(struct system_view *view, const struct file *file, const char *path)
{
	struct refusal refusal;

	return blob_is_compiled(file, path) && has_size(file, path) &&
	       explain(system_view_open(view, arch_of(file), file->data, (u32)file->size, &refusal),
		       &refusal, path);
}
