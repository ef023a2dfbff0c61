/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The device tree of a Linux in a cell. It says what the configuration grants, wired as in the
 * machine's own tree, and nothing else.
 */
#ifndef TOOLS_LINUX_TREE_H
#define TOOLS_LINUX_TREE_H

#include <config/config.h>

#include "machine.h"

/* Where the virtual PCI host is; only the system configuration knows. */
struct linux_pci {
	u64 base;	/* of its config space, 0: there is no such host */
	u32 end_bus;
};

struct linux_tree {
	const struct cell_view *cell;
	const struct machine *machine;
	struct linux_pci pci;
	const char *words;		/* the kernel's command line */
	u64 initrd, initrd_size;	/* size 0: there is none */
};

/* Bytes of the largest tree: command line, a CPU each and change. */
size_t linux_tree_room(const struct linux_tree *tree);
/*
 * Makes the tree in room bytes. Its size does not depend on where the initrd is. Returns the size,
 * or 0 after saying on stderr what does not fit together.
 */
size_t linux_tree_make(const struct linux_tree *tree, void *buffer, size_t room);
/* Takes a tree that a user wrote and fills in memory, command line and initrd; result likewise. */
size_t linux_tree_fill(const struct linux_tree *tree, const void *written, size_t size,
		       void *buffer, size_t room, const char *path);

#endif
