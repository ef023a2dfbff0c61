/* SPDX-License-Identifier: GPL-2.0 */
/* Port accesses that the permission map traps: PCI configuration, the keyboard controller, the rest. */
#include <arch/machine.h>
#include <arch/virtual_pci.h>
#include <arch/x86/emulate.h>
#include <plan/plan.h>
#include <port/pio.h>
#include <run/pci_cf8.h>

#define PORT_KEYBOARD_COMMAND	0x64
#define KEYBOARD_OUTPUT_PORT	0xd1	/* writes the reset line, as do the pulses from 0xf0 on */
#define KEYBOARD_PULSE		0xf0
#define PORT_DELAY		0x80

static u64 width_mask(unsigned width)
{
	return width == 4 ? 0xffffffffU : (1U << width * 8) - 1;
}

static enum answer keyboard(struct cpu *cpu, struct access *access)
{
	if (access->width != 1 || !plan_pio_granted(machine.now.plan, cpu->base.cell,
						    PORT_KEYBOARD_COMMAND, 1))
		return ANSWER_DENIED;
	if (!access->write)
		access->value = port_in8(PORT_KEYBOARD_COMMAND);
	else if (access->value == KEYBOARD_OUTPUT_PORT || access->value >= KEYBOARD_PULSE)
		return ANSWER_DENIED;
	else
		port_out8(PORT_KEYBOARD_COMMAND, (u8)access->value);
	return ANSWER_DONE;
}

static enum answer pci_latch(struct cpu *cpu, struct access *access)
{
	u32 *latch = &machine.pci_latch[cpu->base.cell];

	if (access->write)
		*latch = (u32)access->value;
	else
		access->value = *latch;
	return ANSWER_DONE;
}

/* Config writes; reads have been answered on the fast path. */
static enum answer pci_data_write(struct cpu *cpu, struct access *access)
{
	struct pci_address address;

	if (!pci_cf8_decode(machine.pci_latch[cpu->base.cell], (u16)access->address, &address))
		return ANSWER_DONE;
	return emulate_pci(cpu, address.bdf, address.reg, access);
}

static enum answer access_port(struct cpu *cpu, struct access *access)
{
	u16 port = (u16)access->address;

	if (pci_cf8_is_data(port, access->width))
		return pci_data_write(cpu, access);
	if (pci_cf8_is_latch(port, access->width))
		return pci_latch(cpu, access);
	if (port == PORT_KEYBOARD_COMMAND)
		return keyboard(cpu, access);
	if (port == PORT_DELAY && access->width == 1) {
		access->value = 0;
		return ANSWER_DONE;
	}
	return ANSWER_DENIED;
}

/* Loads of 4 bytes clear the upper half of the register, shorter ones keep the rest. */
static void port_answer(struct cpu *cpu, u64 value, unsigned width)
{
	u64 mask = width_mask(width);

	cpu->vmcb.rax = ((width == 4 ? 0 : cpu->vmcb.rax) & ~mask) | (value & mask);
}

static void perform_port(struct cpu *cpu, u64 info, u16 port, u8 width)
{
	struct access access = { .address = port, .width = width, .write = !(info & IOIO_IN) };

	if (access.write)
		access.value = cpu->vmcb.rax & width_mask(width);
	if (info & (IOIO_STRING | IOIO_REP) || access_port(cpu, &access) == ANSWER_DENIED) {
		refuse(cpu, access.write ? DENIED_PORT_WRITE : DENIED_PORT_READ, port, width);
		access.value = ~0ULL;
	}
	if (!access.write && !(info & IOIO_STRING))
		port_answer(cpu, access.value, width);
}

void emulate_port(struct cpu *cpu, u64 info)
{
	perform_port(cpu, info, (u16)(info >> 16), (u8)(info >> 4 & 7));
	cpu->vmcb.rip = cpu->vmcb.exit_info2;
	cpu->vmcb.interrupt_shadow = 0;
}
