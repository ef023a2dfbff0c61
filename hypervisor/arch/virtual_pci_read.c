/* SPDX-License-Identifier: GPL-2.0 */
/* Reads of config space: most of what a guest does with it, so apart from what can be slow. */
#include <arch/arch.h>
#include <arch/virtual_pci.h>

static inline u32 function_read(struct pci_slot *slot, u16 reg, unsigned width)
{
	const struct pci_function function = { .device = slot->device, .shadow = &slot->shadow };
	struct pci_read read = pci_filter_read(&function, reg, width);

	if (read.mask)
		read.value |= pci_hw_read(&machine.pci_hw, slot->bdf, reg, width) & read.mask;
	return read.value;
}

/* The ports are shared and need the lock; the function may have gone before we have it. */
static __attribute__((noinline)) u32 locked_read(struct cpu *cpu, u16 cell, u16 bdf, u16 reg,
						 unsigned width)
{
	struct pci_slot *slot;
	u32 value;

	cpu_lock(cpu, &machine.device_lock);
	slot = virtual_pci_slot(cell, bdf);
	value = slot ? function_read(slot, reg, width) : ~0U;
	cpu_unlock(&machine.device_lock);
	return value;
}

static __attribute__((noinline)) u32 slot_read(struct cpu *cpu, struct pci_slot *slot, u16 reg,
					       unsigned width)
{
	if (slot->end)
		return ivshmem_config_read(slot->end, reg, width);
	if (machine.pci_hw.ecam && slot->bdf >> 8U < machine.pci_hw.buses)
		return function_read(slot, reg, width);
	return locked_read(cpu, slot->cell, slot->bdf, reg, width);
}

/* Out of line what needs a stack frame: most functions a scan asks for do not exist. */
u32 virtual_pci_read(struct cpu *cpu, u16 cell, u16 bdf, u16 reg, unsigned width)
{
	struct pci_slot *slot = virtual_pci_slot(cell, bdf);

	return slot ? slot_read(cpu, slot, reg, width) : ~0U;
}

enum answer virtual_pci_access(struct cpu *cpu, u16 cell, u16 bdf, u16 reg, struct access *access)
{
	if (access->write)
		return virtual_pci_config_write(cpu, cell, bdf, reg, access);
	access->value = virtual_pci_read(cpu, cell, bdf, reg, access->width);
	return ANSWER_DONE;
}
