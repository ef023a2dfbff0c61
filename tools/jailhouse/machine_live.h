/* SPDX-License-Identifier: GPL-2.0 */
/* The machine this program runs on. */
#ifndef TOOLS_MACHINE_LIVE_H
#define TOOLS_MACHINE_LIVE_H

#include "file.h"
#include "linux_tree.h"

/*
 * Fills machine from the tree in path, or from root Linux's own if path is NULL: then its CPUs have
 * Linux's numbers. *file holds the tree and stays open on success. False after saying why on stderr.
 */
bool machine_load(struct machine *machine, struct file *file, const char *path);
/* The virtual PCI host of the configuration in path, or of the one in force if path is NULL. */
bool machine_pci(struct linux_pci *pci, const char *path);

#endif
