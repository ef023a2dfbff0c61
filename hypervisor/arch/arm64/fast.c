/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The traps that guests cause all the time: answered while x18 to x29 are still the guest's, in their
 * registers. Everything here returns false before it changes anything, or finishes.
 */
#include <arch/arch.h>
#include <arch/arm64/traps.h>
#include <arch/virtual_pci.h>
#include <run/pci_cf8.h>

/* ISS of a data abort; see memory.c. A plain load, four bytes of code, that found no translation: */
#define LOAD_MASK	(0x3fULL << 26 | ESR_IL | BIT(24) | BIT(21) | MASK(9, 6) | 0x3c)
#define LOAD		((u64)EC_ABORT_DATA << 26 | ESR_IL | BIT(24) | 0x04)

/* The dispatcher itself needs no stack. */
#define OUT_OF_LINE __attribute__((noinline))

/* Does the access name a register that is not saved yet? */
static bool unsaved(unsigned reg)
{
	return reg >= 18 && reg < 30;
}

/* The window is remembered, as the next access is often to the same one. It is the cell's for ever. */
static OUT_OF_LINE bool find_window(struct cpu *cpu, u64 address)
{
	const struct plan_trap *trap = plan_find_trap(machine.now.plan, cpu->base.cell, address);

	if (!trap)
		return false;
	cpu->window.first = trap->first;
	cpu->window.span = trap->last - trap->first;
	cpu->window.kind = trap->kind;
	return true;
}

static bool ecam_read(struct cpu *cpu, u64 offset, struct access *access)
{
	struct pci_address address;

	if (!pci_ecam_decode(offset, access->width, &address))
		return false;
	access->value = virtual_pci_read(cpu, cpu->base.cell, address.bdf, address.reg, access->width) &
			~0U >> (32 - 8 * access->width);
	return true;
}

static bool window_read(struct cpu *cpu, u64 offset, struct access *access)
{
	switch (cpu->window.kind) {
	case PLAN_TRAP_GICD:
		return gic_dist_fast(cpu, offset, access) == ANSWER_DONE;
	case PLAN_TRAP_GICR:
		return gic_redist_fast(cpu, offset, access) == ANSWER_DONE;
	case PLAN_TRAP_ECAM:
		return ecam_read(cpu, offset, access);
	default:
		return false;
	}
}

/* A window's answer has no bits beyond the access. */
static OUT_OF_LINE bool load(struct cpu *cpu, u64 syndrome)
{
	unsigned reg = syndrome >> 16 & 31;
	u64 address = read_sysreg(hpfar_el2) << 8 | (read_sysreg(far_el2) & PAGE_MASK);
	struct access access;

	access.write = false;
	access.width = (u8)(1U << (syndrome >> 22 & 3));
	if (unsaved(reg) || read_sysreg(spsr_el2) & (SPSR_AARCH32 | SPSR_SS) ||
	    (address - cpu->window.first > cpu->window.span && !find_window(cpu, address)) ||
	    !window_read(cpu, address - cpu->window.first, &access))
		return false;
	cpu->base.stat[STAT_MMIO]++;
	cpu_write(cpu, reg, access.value);
	trap_skip();
	return true;
}

/* Unlike HVC it is taken before the instruction. */
static bool smc(struct cpu *cpu)
{
	trap_skip();
	return smccc_call(cpu);
}

static OUT_OF_LINE bool sysreg(struct cpu *cpu, u64 syndrome)
{
	if (unsaved(syndrome >> 5 & 31))
		return false;
	exit_sysreg(cpu, syndrome);
	return true;
}

bool exit_fast(struct cpu *cpu);
bool exit_fast(struct cpu *cpu)
{
	u64 syndrome = read_sysreg(esr_el2);

	if (ESR_EC(syndrome) == EC_SMC64)
		return smc(cpu);
	if ((syndrome & LOAD_MASK) == LOAD)
		return load(cpu, syndrome);
	return ESR_EC(syndrome) == EC_SYSREG && sysreg(cpu, syndrome);
}
