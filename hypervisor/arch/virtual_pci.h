/* SPDX-License-Identifier: GPL-2.0 */
/*
 * PCI functions as cells see them: filters and shadows in front of physical ones, models of
 * shared-memory ones. Accesses take machine.device_lock; who moves devices holds it.
 */
#ifndef ARCH_VIRTUAL_PCI_H
#define ARCH_VIRTUAL_PCI_H

#include <arch/access.h>
#include <arch/machine.h>
#include <base/status.h>
#include <dev/pci/pci_hw.h>
#include <plan/plan.h>
#include <run/ivshmem.h>
#include <run/pci_filter.h>


struct cpu;

/* Config space of bdf at reg, by a CPU of cell; an access fits a dword, a read is never refused. */
u32 virtual_pci_read(struct cpu *cpu, u16 cell, u16 bdf, u16 reg, unsigned width);
enum answer virtual_pci_access(struct cpu *cpu, u16 cell, u16 bdf, u16 reg, struct access *access);
/* The part of it that writes. */
enum answer virtual_pci_config_write(struct cpu *cpu, u16 cell, u16 bdf, u16 reg,
				     const struct access *access);
/* A shared-memory device's BAR, if one decodes the address. */
enum answer virtual_pci_window(struct cpu *cpu, u16 cell, struct access *access);
/* MSI-X table of a physical device; index into the cell's pci_devices. */
enum answer virtual_pci_msix(struct cpu *cpu, u16 cell, u16 index, struct access *access);

/* Root's devices as Linux left them, at take-over. */
enum status virtual_pci_adopt(struct cpu *self, struct refusal *refusal) MUST_USE;
/* Devices of root that the config of another cell lists do no DMA and raise nothing any more. */
void virtual_pci_silence(struct cpu *self, u16 cell);
/*
 * Devices go to their owners in machine.next: those of a cell other than root come from root, or go back
 * when it is no longer there. The CPUs concerned stand still.
 */
void virtual_pci_hand_over(struct cpu *self, u16 cell);
/* The devices of a cell other than root as after power-on. */
void virtual_pci_reset(struct cpu *self, u16 cell);
/* Room for the devices of a cell that is to come. */
enum status virtual_pci_room(const struct cell_view *view, struct refusal *refusal) MUST_USE;

/* For the files of this subject only. */
static inline unsigned virtual_pci_hash(u16 bdf)
{
	return (bdf ^ bdf >> 3) % MACHINE_PCI_CHAINS;
}
/* NULL: the cell has no such function. */
static inline struct pci_slot *virtual_pci_slot(u16 cell, u16 bdf)
{
	struct pci_slot *slot;

	for (unsigned i = machine.pci_chain[virtual_pci_hash(bdf)]; i; i = slot->next) {
		slot = &machine.pci[i];
		if (slot->bdf == bdf && slot->cell == cell)
			return slot;
	}
	return NULL;
}
void virtual_pci_write(u16 bdf, const struct pci_writes *writes);
void virtual_pci_perform(struct cpu *cpu, const struct ivshmem_effect *effect);

#endif
