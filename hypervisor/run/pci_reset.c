// SPDX-License-Identifier: GPL-2.0
/* How a device is made quiet when it changes hands. */
#include <run/pci_reset.h>

static void add_word(struct pci_writes *writes, unsigned reg, u16 value)
{
	u16 dword = reg & 0xffc;
	unsigned shift = (reg & 2) * 8;

	pci_writes_add(writes, dword, 0xffffU << shift, (u32)value << shift);
}

void pci_reset_quiet(const struct jailhouse_pci_device *device, const struct pci_shadow *shadow,
		     struct pci_writes *writes)
{
	writes->count = 0;
	if (device->type != JAILHOUSE_PCI_TYPE_DEVICE)
		return;
	add_word(writes, PCI_REG_COMMAND, PCI_CMD_MEMORY);
	if (shadow->msi_cap) {
		add_word(writes, shadow->msi_cap + PCI_MSI_CONTROL, 0);
		pci_writes_add(writes, shadow->msi_cap + PCI_MSI_ADDRESS, 0xffffffffU, 0);
	}
	if (shadow->msix_cap)
		add_word(writes, shadow->msix_cap + PCI_MSIX_CONTROL, 0);
}

void pci_reset_off(const struct jailhouse_pci_device *device, struct pci_writes *writes)
{
	writes->count = 0;
	if (device->type == JAILHOUSE_PCI_TYPE_DEVICE)
		add_word(writes, PCI_REG_COMMAND, PCI_CMD_INTX_OFF);
}
