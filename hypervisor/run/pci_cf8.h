/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which function and register does an access to the PCI ports or to the ECAM window mean? On the
 * path of every trapped config access, hence inline.
 */
#ifndef RUN_PCI_CF8_H
#define RUN_PCI_CF8_H

#include <jailhouse/types.h>

#define PCI_LATCH_PORT	0xcf8
#define PCI_DATA_PORT	0xcfc	/* to 0xcff */

/* The latch: bit 31 enable, 23:16 bus, 15:8 devfn, 7:2 register; the rest must be 0. */
#define PCI_LATCH_ENABLE	0x80000000U
#define PCI_LATCH_RESERVED	0x7f000000U
#define PCI_LATCH_BDF		0x00ffff00U
#define PCI_LATCH_REGISTER	0x000000fcU

struct pci_address {
	u16 bdf;
	u16 reg;	/* byte offset, below 256 through the ports, below 4096 through ECAM */
};

/* The latch is reached by 32-bit accesses only; byte accesses there are other devices. */
static inline bool pci_cf8_is_latch(u16 port, unsigned width)
{
	return port == PCI_LATCH_PORT && width == 4;
}

/* All bytes are in 0xcfc..0xcff, so that the access stays inside one dword. */
static inline bool pci_cf8_is_data(u16 port, unsigned width)
{
	return port >= PCI_DATA_PORT && port + width <= PCI_DATA_PORT + 4U;
}

/* A config access is 1, 2 or 4 bytes inside one dword. */
static inline bool pci_access_fits(unsigned reg, unsigned width)
{
	return (reg & 3) + width <= 4 && (1U << width & (1U << 1 | 1U << 2 | 1U << 4));
}

/*
 * What a data-port access means under this latch. False: no config cycle, reads give all-ones and
 * writes are lost, as when no bridge claims the port.
 */
static inline bool pci_cf8_decode(u32 latch, u16 port, struct pci_address *address)
{
	address->bdf = (u16)(latch >> 8);
	address->reg = (u16)((latch & PCI_LATCH_REGISTER) | (port & 3));
	return (latch & (PCI_LATCH_ENABLE | PCI_LATCH_RESERVED)) == PCI_LATCH_ENABLE;
}

/* The latch value that addresses reg's dword of bdf; reg is below 256. */
static inline u32 pci_cf8_latch(u16 bdf, u16 reg)
{
	return PCI_LATCH_ENABLE | (u32)bdf << 8 | (reg & PCI_LATCH_REGISTER);
}

/*
 * What an access at offset bytes into the ECAM window means. False: wider than 4 bytes or across a
 * dword, which no filter could judge as one register.
 */
static inline bool pci_ecam_decode(u64 offset, unsigned width, struct pci_address *address)
{
	address->bdf = (u16)(offset >> 12);
	address->reg = (u16)(offset & 0xfff);
	return pci_access_fits(address->reg, width);
}

#endif
