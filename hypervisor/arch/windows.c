/* SPDX-License-Identifier: GPL-2.0 */
/* Guest-physical windows whose accesses are decided by code: one function per kind in the plan. */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <arch/windows.h>
#include <port/mmio.h>
#include <run/pci_cf8.h>
#include <run/subpage.h>

static u64 device_read(volatile u8 *at, unsigned width)
{
	switch (width) {
	case 1:
		return port_mmio_read8(at);
	case 2:
		return port_mmio_read16(at);
	case 4:
		return port_mmio_read32(at);
	default:
		return port_mmio_read64(at);
	}
}

static void device_write(volatile u8 *at, unsigned width, u64 value)
{
	switch (width) {
	case 1:
		port_mmio_write8(at, (u8)value);
		break;
	case 2:
		port_mmio_write16(at, (u16)value);
		break;
	case 4:
		port_mmio_write32(at, (u32)value);
		break;
	default:
		port_mmio_write64(at, value);
	}
}

static enum answer subpage(struct cpu *cpu, u16 index, struct access *access)
{
	const struct jailhouse_memory *region = &machine.cells[arch_cpu_cell(cpu)].view.memory[index];
	volatile u8 *at;
	phys_t out;

	if (subpage_access(machine.set.system->arch, region, GPA(access->address), access->width, access->write,
			   &out) != OK)
		return ANSWER_DENIED;
	at = arch_look_device(cpu, out.value);
	if (access->write)
		device_write(at, access->width, access->value);
	else
		access->value = device_read(at, access->width);
	return ANSWER_DONE;
}

/*
 * Root may not stop the machine by a stray access, nor a program its cell: only the kernel's own stops any other
 * cell.
 */
void refuse(struct cpu *cpu, enum denial_kind kind, u64 address, u32 width)
{
	core_denied(arch_cpu_cell(cpu), arch_cpu_id(cpu), kind, address, width);
	if (arch_cpu_cell(cpu) != 0 && !arch_in_program(cpu))
		cpu_fail(cpu);
}

enum answer emulate_pci(struct cpu *cpu, u16 bdf, u16 reg, struct access *access)
{
	if (virtual_pci_access(cpu, cpu_base(cpu)->cell, bdf, reg, access) == ANSWER_DENIED)
		refuse(cpu, DENIED_PCI, (u64)bdf << 12 | reg, access->width);
	return ANSWER_DONE;
}

static enum answer ecam(struct cpu *cpu, u64 offset, struct access *access)
{
	struct pci_address address;

	if (!pci_ecam_decode(offset, access->width, &address))
		return ANSWER_DENIED;
	return emulate_pci(cpu, address.bdf, address.reg, access);
}

enum answer access_memory(struct cpu *cpu, struct access *access)
{
	u16 cell = cpu_base(cpu)->cell;
	const struct plan_trap *trap = plan_find_trap(machine.now.plan, cell, access->address);

	if (!trap)
		return virtual_pci_window(cpu, cell, access);
	switch (trap->kind) {
	case PLAN_TRAP_ECAM:
		return ecam(cpu, access->address - trap->first, access);
	case PLAN_TRAP_MSIX:
		return virtual_pci_msix(cpu, cell, trap->index, access);
	case PLAN_TRAP_SUBPAGE:
		return subpage(cpu, trap->index, access);
	default:
		return arch_window(cpu, trap, access);
	}
}
