/* SPDX-License-Identifier: GPL-2.0 */
/* The access at 0xcfc to 0xcff that reads: the slow way answers the others. */
#include <arch/machine.h>
#include <arch/virtual_pci.h>
#include <arch/x86/svm/fast.h>
#include <run/pci_cf8.h>

#define PORT_SHIFT	16
#define WIDTH_SHIFT	4

bool fast_port(struct cpu *cpu)
{
	u32 info = (u32)cpu->vmcb.exit_info1;
	u16 port = (u16)(info >> PORT_SHIFT);
	unsigned width = info >> WIDTH_SHIFT & 7;
	struct pci_address address;
	u32 value = ~0U;

	if ((info & (IOIO_IN | IOIO_STRING)) != IOIO_IN || !pci_cf8_is_data(port, width))
		return false;
	if (pci_cf8_decode(machine.pci_latch[cpu->base.cell], port, &address))
		value = virtual_pci_read(cpu, cpu->base.cell, address.bdf, address.reg, width);
	if (width == 4)
		cpu->vmcb.rax = value;
	else if (width == 2)
		cpu->vmcb.rax = (cpu->vmcb.rax & ~0xffffULL) | (u16)value;
	else
		cpu->vmcb.rax = (cpu->vmcb.rax & ~0xffULL) | (u8)value;
	cpu->vmcb.rip = cpu->vmcb.exit_info2;
	cpu->vmcb.interrupt_shadow = 0;
	return fast_done(cpu, STAT_PIO);
}

