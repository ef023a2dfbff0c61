/* SPDX-License-Identifier: GPL-2.0 */
/* Where a Linux and what belongs to it go in the memory of a cell. */
#ifndef TOOLS_LINUX_PLACE_H
#define TOOLS_LINUX_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include <config/config.h>

/* What the head of an arm64 kernel Image says (Linux Documentation/arch/arm64/booting.rst). */
struct linux_kernel {
	u64 offset;	/* from a multiple of 2 MiB to its first byte */
	u64 size;	/* bytes that it needs from there on, its zeroed data included */
};

/* Bytes. */
struct linux_sizes {
	struct linux_kernel kernel;
	u64 loader, tree, initrd;	/* initrd 0: there is none */
};

/*
 * Addresses as the cell sees them.
 *
 *	region start       multiple of 2 MiB                page
 *	| device tree | ... | offset | kernel and its data | initrd | ...
 *
 * The loader lies at the cell's reset address, most often in a region of its own, with its command
 * line one page behind its start.
 */
struct linux_place {
	u64 loader, loader_words, tree, kernel, initrd;
};

/* False after saying on stderr why the file is no kernel that this tool can start. */
bool linux_kernel_read(struct linux_kernel *kernel, const void *image, size_t size,
		       const char *path);
/* False after saying on stderr what does not fit where, with sizes. */
bool linux_place(const struct cell_view *cell, const struct linux_sizes *sizes,
		 struct linux_place *place);
/* Memory that belongs to a Linux in this cell as its RAM. */
bool linux_is_ram(const struct jailhouse_memory *region);

#endif
