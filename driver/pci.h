/* SPDX-License-Identifier: GPL-2.0 */
/* PCI devices that leave Linux with a cell, and virtual ones that come with the hypervisor. */
#ifndef DRIVER_PCI_H
#define DRIVER_PCI_H

#include <linux/types.h>

struct cell_view;
struct jailhouse_memory;

int pci_register(void);
void pci_unregister(void);

/* Physical devices of the config: away from their drivers, held by the stub; and let go again. */
int pci_take(const struct cell_view *view);
void pci_let_go(const struct cell_view *view);

/* The root config's region that holds some of these bytes, which no BAR may overlap; or NULL. */
const struct jailhouse_memory *pci_region_at(const struct cell_view *root, u64 start, u64 size);

/* Virtual shared-memory devices of the root cell, on buses that are there, appear and disappear. */
void pci_add_virtual(const struct cell_view *root);
void pci_remove_virtual(const struct cell_view *root);

#endif
