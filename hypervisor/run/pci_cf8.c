// SPDX-License-Identifier: GPL-2.0
/* Which function and register does an access to the PCI ports or to the ECAM window mean? */
#include <base/bits.h>
#include <run/pci_cf8.h>

bool pci_cf8_decode(u32 latch, u16 port, struct pci_address *address)
{
	if ((latch & (PCI_LATCH_ENABLE | PCI_LATCH_RESERVED)) != PCI_LATCH_ENABLE)
		return false;
	address->bdf = (u16)(latch >> 8);
	address->reg = (u16)((latch & PCI_LATCH_REGISTER) | (port & 3));
	return true;
}

u32 pci_cf8_latch(u16 bdf, u16 reg)
{
	return PCI_LATCH_ENABLE | (u32)bdf << 8 | (reg & PCI_LATCH_REGISTER);
}

bool pci_ecam_decode(u64 offset, unsigned width, struct pci_address *address)
{
	if (!pci_access_fits((unsigned)offset & 0xfff, width))
		return false;
	address->bdf = (u16)(offset >> 12);
	address->reg = (u16)(offset & 0xfff);
	return true;
}
