/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a device is made quiet when it changes hands. The verbs, in order:
 *
 *   pci_reset_quiet   no DMA, no messages; memory decoding on, so that the MSI-X table answers
 *   caller            every MSI-X entry: control word masked, the three other words 0
 *   pci_reset_off     memory and port decoding off, INTx off
 *   caller            pci_shadow_load with the config space as it then is
 *
 * Bridges stay as they are: what is behind them still belongs to somebody.
 */
#ifndef RUN_PCI_RESET_H
#define RUN_PCI_RESET_H

#include <run/pci_filter.h>

void pci_reset_quiet(const struct jailhouse_pci_device *device, const struct pci_shadow *shadow,
		     struct pci_writes *writes);
void pci_reset_off(const struct jailhouse_pci_device *device, struct pci_writes *writes);

#endif
