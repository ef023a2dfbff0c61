// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* PCI functions, capabilities and message interrupts, on top of config space access. */
#include <inmate.h>

#define MSI_ADDRESS	4
#define MSI_CTRL	2
#define  MSI_CTRL_ENABLE	0x0001
#define  MSI_CTRL_64BIT		0x0080
#define MSIX_CTRL	2
#define MSIX_TABLE	4
#define MSIX_ENTRY_SIZE	16
#define MAX_CAPS	48	/* more do not fit into 256 bytes */

int pci_find_device(u16 vendor, u16 device, u16 start_bdf)
{
	u32 bdf, id;

	for (bdf = start_bdf; bdf < 0x10000; bdf++) {
		id = pci_read_config((u16)bdf, PCI_CFG_VENDOR_ID, 4);
		if ((id & 0xffff) == 0xffff)
			continue;
		if ((vendor == PCI_ID_ANY || vendor == (id & 0xffff)) &&
		    (device == PCI_ID_ANY || device == id >> 16))
			return (int)bdf;
	}
	return -1;
}

int pci_find_cap(u16 bdf, u16 cap)
{
	unsigned int at = PCI_CFG_CAP_PTR - 1, count;

	if (!(pci_read_config(bdf, PCI_CFG_STATUS, 2) & PCI_STS_CAPS))
		return -1;
	for (count = 0; count < MAX_CAPS; count++) {
		at = pci_read_config(bdf, at + 1, 1) & 0xfc;
		if (at < 0x40)
			break;
		if (pci_read_config(bdf, at, 1) == cap)
			return (int)at;
	}
	return -1;
}

void pci_msi_set_vector(u16 bdf, unsigned int vector)
{
	int cap = pci_find_cap(bdf, PCI_CAP_MSI);
	unsigned int at = (unsigned int)cap, data = at + MSI_ADDRESS + 4;
	u32 ctrl;

	if (cap < 0)
		return;
	ctrl = pci_read_config(bdf, at + MSI_CTRL, 2);
	pci_write_config(bdf, at + MSI_ADDRESS, (u32)arch_msi_address(), 4);
	if (ctrl & MSI_CTRL_64BIT) {
		pci_write_config(bdf, data, (u32)(arch_msi_address() >> 32), 4);
		data += 4;
	}
	pci_write_config(bdf, data, vector, 2);
	pci_write_config(bdf, at + MSI_CTRL, ctrl | MSI_CTRL_ENABLE, 2);
}

/* Address of a table entry, read from config space. */
static u8 *msix_entry(u16 bdf, unsigned int cap, u32 index)
{
	u32 table = pci_read_config(bdf, cap + MSIX_TABLE, 4);
	unsigned int reg = PCI_CFG_BAR + 4 * (table & 7);
	u64 bar = pci_read_config(bdf, reg, 4);

	if ((bar & 6) == PCI_BAR_64BIT)
		bar |= (u64)pci_read_config(bdf, reg + 4, 4) << 32;
	return (u8 *)((bar & ~0xfULL) + (table & ~7U) + MSIX_ENTRY_SIZE * index);
}

void pci_msix_set_vector(u16 bdf, unsigned int vector, u32 index)
{
	int cap = pci_find_cap(bdf, PCI_CAP_MSIX);
	u32 ctrl;
	u8 *entry;

	if (cap < 0)
		return;
	ctrl = pci_read_config(bdf, (unsigned int)cap + MSIX_CTRL, 2);
	ctrl = (ctrl | MSIX_CTRL_ENABLE) & ~(u32)MSIX_CTRL_FMASK;
	pci_write_config(bdf, (unsigned int)cap + MSIX_CTRL, ctrl, 2);

	entry = msix_entry(bdf, (unsigned int)cap, index);
	mmio_write32(entry, (u32)arch_msi_address());
	mmio_write32(entry + 4, (u32)(arch_msi_address() >> 32));
	mmio_write32(entry + 8, vector);
	mmio_write32(entry + 12, 0);
}
