/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What does a cell's access to the config space of a physical function come to? Reads return a
 * value or name the bits to take from hardware; writes return the list of hardware writes to
 * perform.
 *
 *   masks per dword ──► forward: split into aligned hardware writes
 *                   ──► shadow:  remembered in struct pci_shadow (BARs never reach the hardware)
 *                   ──► silent:  dropped
 *                   ──► rest:    dropped, and the access is a violation
 */
#ifndef RUN_PCI_FILTER_H
#define RUN_PCI_FILTER_H

#include <run/msix.h>
#include <run/pci_masks.h>

/* Offsets inside the MSI capability (PCI Local Bus 3.0, 6.8.1). */
#define PCI_MSI_CONTROL		2
#define PCI_MSI_ADDRESS		4
#define PCI_MSI_CONTROL_ENABLE	0x0001U
#define PCI_MSIX_CONTROL	2

/*
 * What the hypervisor remembers about one owned function; mutable, kept by the caller, who also
 * serialises accesses to one function.
 */
struct pci_shadow {
	u32 bar[6];		/* as the cell sees them */
	u32 msi[4];		/* dwords of the MSI capability, equal to the hardware's */
	u16 msi_cap;		/* offset of the listed MSI capability, 0: none */
	u16 msix_cap;		/* same for MSI-X */
	u16 pad[2];
};

/* One function as its owner's config describes it. device NULL: nobody gave it to this cell. */
struct pci_function {
	const struct jailhouse_pci_device *device;	/* DEVICE or BRIDGE */
	const struct jailhouse_pci_capability *caps;	/* the owner's whole array */
	struct pci_shadow *shadow;
	const struct msi_cpus *cpus;	/* of the owner; NULL: interrupts are not isolated */
};

/* The answer to a read is value | (hardware & mask), of the width that was asked for. */
struct pci_read {
	u32 value;
	u32 mask;	/* 0: do not touch the hardware */
};

struct pci_write {
	u16 reg;
	u16 width;	/* 1, 2 or 4; naturally aligned */
	u32 value;
};

#define PCI_MAX_WRITES 8

/* Hardware writes, to be performed in this order. */
struct pci_writes {
	u32 count;
	struct pci_write write[PCI_MAX_WRITES];
};

/*
 * Fill the shadow when a cell gets the function: config is the first 256 bytes of its config space
 * as the hardware has them now. BARs keep the addresses they were given before.
 */
void pci_shadow_load(struct pci_shadow *shadow, const struct jailhouse_pci_device *device,
		     const struct jailhouse_pci_capability *caps, const u32 config[64]);

/* DEVICE or BRIDGE of this cell: everything else has no hardware that could answer. */
static inline bool pci_function_present(const struct pci_function *function)
{
	return function->device && (u8)(function->device->type - JAILHOUSE_PCI_TYPE_DEVICE) <=
				   JAILHOUSE_PCI_TYPE_BRIDGE - JAILHOUSE_PCI_TYPE_DEVICE;
}

/* Registers between the first BAR and the ROM; for the function below. */
struct pci_read pci_filter_read_bars(const struct pci_function *function, u16 reg, unsigned width);

/*
 * Reads are never refused: what is not there reads as all-ones. The access fits a dword, as the
 * decoders of pci_cf8.h see to. Nearly all reads go to the hardware, so that decision is inline.
 */
static inline struct pci_read pci_filter_read(const struct pci_function *function, u16 reg,
					      unsigned width)
{
	if (!pci_function_present(function))
		return (struct pci_read) { .value = pci_touched(0, width) };
	if ((unsigned)reg - PCI_REG_BAR < PCI_REG_ROM + 4 - PCI_REG_BAR)
		return pci_filter_read_bars(function, reg, width);
	return (struct pci_read) { .mask = 0xffffffffU };
}

/*
 * Judge a write and update the shadow. *writes is always valid: after a violation it holds the
 * permitted rest of the write, for a caller who reports and goes on instead of stopping the cell.
 * A message that would lead outside the cell is refused as a whole.
 */
enum status pci_filter_write(const struct pci_function *function, u16 reg, unsigned width,
			     u32 value, struct pci_writes *writes) MUST_USE;

/* Append a naturally aligned write of width bytes. */
void pci_write_add(struct pci_writes *writes, unsigned reg, unsigned width, u32 value);

#endif
