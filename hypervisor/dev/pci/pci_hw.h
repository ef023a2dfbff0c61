/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Config space of the hardware: through the memory window where one is mapped, else through the
 * two ports. The ports are two accesses that belong together, so the caller holds a lock around
 * each call.
 */
#ifndef DEV_PCI_PCI_HW_H
#define DEV_PCI_PCI_HW_H

#include <jailhouse/types.h>

struct pci_hw {
	volatile u8 *ecam;	/* the window from bus 0 on, NULL: none */
	u32 buses;		/* how many buses it covers */
};

/*
 * width is 1, 2 or 4 inside one dword, reg below 4096; writes are aligned to their width, a word
 * read across the middle of a dword is cut out of the dword. What no access can reach (a register
 * above 255 of a bus outside the window) reads as all-ones and ignores writes.
 */
u32 pci_hw_read(const struct pci_hw *hw, u16 bdf, u16 reg, unsigned width);
void pci_hw_write(const struct pci_hw *hw, u16 bdf, u16 reg, unsigned width, u32 value);

#endif
