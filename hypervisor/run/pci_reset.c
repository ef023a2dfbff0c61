// SPDX-License-Identifier: GPL-2.0
/* How a device is made quiet when it changes hands. */
#include <run/pci_reset.h>

void pci_reset_quiet(const struct jailhouse_pci_device *device, const struct pci_shadow *shadow,
		     struct pci_writes *writes)
{
	writes->count = 0;
	if (device->type != JAILHOUSE_PCI_TYPE_DEVICE)
		return;
	pci_write_add(writes, PCI_REG_COMMAND, 2, PCI_CMD_MEMORY);
	if (shadow->msi_cap) {
		pci_write_add(writes, shadow->msi_cap + PCI_MSI_CONTROL, 2, 0);
		pci_write_add(writes, shadow->msi_cap + PCI_MSI_ADDRESS, 4, 0);
	}
	if (shadow->msix_cap)
		pci_write_add(writes, shadow->msix_cap + PCI_MSIX_CONTROL, 2, 0);
}

void pci_reset_off(const struct jailhouse_pci_device *device, struct pci_writes *writes)
{
	writes->count = 0;
	if (device->type == JAILHOUSE_PCI_TYPE_DEVICE)
		pci_write_add(writes, PCI_REG_COMMAND, 2, PCI_CMD_INTX_OFF);
}
