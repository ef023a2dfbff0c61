/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The system configuration as a Linux in a cell needs it: where the hypervisor shows the virtual PCI
 * host and the interrupt controller, and whether the cell fits.
 */
#ifndef TOOLS_LINUX_SYSTEM_H
#define TOOLS_LINUX_SYSTEM_H

#include "blob.h"
#include "linux_tree.h"

struct linux_system {
	struct file file;
	struct system_view view;
	bool known;	/* there is one: the others say nothing otherwise */
};

/*
 * The configuration in path; if that is NULL, the one in force, which is not there while the
 * hypervisor is not enabled. False after saying on stderr what is wrong with it.
 */
bool linux_system_open(struct linux_system *system, const char *path);
void linux_system_close(struct linux_system *system);
/* The hypervisor's rules for the cell of path; false after saying on stderr which it breaks. */
bool linux_system_takes(const struct linux_system *system, const struct cell_view *cell,
			const char *path);
/* The virtual PCI host; false after saying on stderr that nobody knows it. */
bool linux_system_pci(const struct linux_system *system, struct linux_pci *pci);
/*
 * Puts the interrupt controller of the machine's tree where the cell finds it; false after saying
 * on stderr that tree and configuration are of different machines.
 */
bool linux_system_gic(const struct linux_system *system, struct machine *machine);

#endif
