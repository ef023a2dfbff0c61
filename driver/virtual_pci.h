/* SPDX-License-Identifier: GPL-2.0 */
/* A PCI host bridge that only the hypervisor emulates, for the virtual devices of the root cell. */
#ifndef DRIVER_VIRTUAL_PCI_H
#define DRIVER_VIRTUAL_PCI_H

struct system_view;

/*
 * The bus appears with all its devices, if there are any. 0, or a refusal and nothing appeared.
 */
int virtual_pci_add(const struct system_view *system);
/* It disappears; harmless without. */
void virtual_pci_remove(void);

#endif
