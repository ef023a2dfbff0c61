/* SPDX-License-Identifier: GPL-2.0 */
/* Copying things into the memory of a cell. */
#ifndef TOOLS_LOAD_H
#define TOOLS_LOAD_H

#include <driver/jailhouse.h>

#include "file.h"

struct image {
	const char *path;	/* NULL: the string in file.data */
	struct file file;
	unsigned long long address;	/* as the cell sees it */
};

/* All images in their order, later ones over earlier ones; the exit code, failures explained. */
int images_load(const struct jailhouse_cell_id *cell, const struct image *images, unsigned count);

#endif
