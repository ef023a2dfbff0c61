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

/* Whether the cell's console becomes a node, and which UART of the machine it is. */
struct linux_uart {
	bool present;
	u64 address, size;	/* as the cell sees it */
	struct machine_uart wiring;
};

/* The virtual PCI host of a cell with shared-memory devices, and what lies around it. */
struct linux_host {
	bool present;
	u16 domain;
	u32 last_bus;
	u64 window;		/* where its devices' registers may go */
};

struct linux_tree {
	const struct cell_view *cell;
	const struct machine *machine;
	struct linux_pci pci;
	const char *words;		/* the kernel's command line */
	u64 initrd, initrd_size;	/* size 0: there is none */
	struct linux_uart uart;		/* these two by linux_tree_plan */
	struct linux_host host;
};

/* Bytes of the largest tree: command line, a CPU each and change. */
size_t linux_tree_room(const struct linux_tree *tree);
/*
 * Decides which devices the tree has. False after saying on stderr what does not fit together; what
 * the cell can do without is only noted there.
 */
bool linux_tree_plan(struct linux_tree *tree);
/*
 * Makes the tree, as planned, in room bytes. Its size does not depend on where the initrd is.
 * Returns the size, or 0 after saying on stderr that the room is too small.
 */
size_t linux_tree_make(const struct linux_tree *tree, void *buffer, size_t room);
/* Takes a tree that a user wrote and fills in memory, command line and initrd; result likewise. */
size_t linux_tree_fill(const struct linux_tree *tree, const void *written, size_t size,
		       void *buffer, size_t room, const char *path);

#endif
