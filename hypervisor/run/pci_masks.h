/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a cell may do to each bit of one dword of a function's config space. Policy is a table for
 * the header and the config's capability list behind it; composing is plain arithmetic.
 */
#ifndef RUN_PCI_MASKS_H
#define RUN_PCI_MASKS_H

#include <base/status.h>
#include <jailhouse/cell-config.h>

/* Registers of the common header (PCI Local Bus 3.0, 6.1). */
#define PCI_REG_COMMAND		0x04
#define PCI_REG_CACHE_LINE	0x0c
#define PCI_REG_BAR		0x10	/* six dwords; two in a bridge */
#define PCI_REG_BAR_END		0x28
#define PCI_REG_ROM		0x30
#define PCI_REG_INTERRUPT	0x3c
#define PCI_HEADER_END		0x40
#define PCI_CONFIG_END		0x1000

#define PCI_CMD_MEMORY		0x0002U
#define PCI_CMD_MASTER		0x0004U
#define PCI_CMD_INTX_OFF	0x0400U

/* Disjoint; a bit in none of them is read-only and a write to it is refused. */
struct pci_masks {
	u32 forward;	/* a write reaches the hardware */
	u32 shadow;	/* a write is remembered and read back, the hardware never sees it */
	u32 silent;	/* a write is dropped without complaint */
};

/* caps is the owner's whole capability array; dword a multiple of 4 below PCI_CONFIG_END. */
struct pci_masks pci_masks_of(const struct jailhouse_pci_device *device,
			      const struct jailhouse_pci_capability *caps, u16 dword);

/* Why a write to the read-only bits in refused (not 0) is refused. */
enum status pci_masks_refusal(const struct jailhouse_pci_device *device,
			      const struct jailhouse_pci_capability *caps, u16 dword,
			      u32 refused);

/* The bits of dword that an access of width bytes at reg touches. */
static inline u32 pci_touched(u16 reg, unsigned width)
{
	return (0xffffffffU >> (32 - 8 * width)) << (reg & 3) * 8;
}

#endif
