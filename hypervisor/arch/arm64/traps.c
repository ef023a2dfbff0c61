/* SPDX-License-Identifier: GPL-2.0 */
/* What ends guest mode, and who decides: by exception class (DDI 0487, D23.2.37 ESR_EL2). */
#include <arch/arch.h>
#include <arch/arm64/control.h>
#include <arch/arm64/sysreg.h>
#include <arch/arm64/sysreg_map.h>
#include <arch/arm64/traps.h>
#include <arch/windows.h>

/* Offsets in VBAR_EL1 of a synchronous exception, by where it comes from (D1.4.1, table D1-5). */
#define VECTOR_EL1_SP0	0x000
#define VECTOR_EL1_SPX	0x200
#define VECTOR_EL0_64	0x400
#define VECTOR_EL0_32	0x600

#define SPSR_EL1T	4
#define SPSR_PAN	BIT(22)
#define SCTLR_SPAN	BIT(23)	/* PAN stays as it is */

static u64 vector_of(u64 spsr)
{
	if (spsr & SPSR_AARCH32)
		return VECTOR_EL0_32;
	if ((spsr & SPSR_MODE) == 0)
		return VECTOR_EL0_64;
	return (spsr & SPSR_MODE) == SPSR_EL1T ? VECTOR_EL1_SP0 : VECTOR_EL1_SPX;
}

void trap_inject(unsigned class, u32 syndrome)
{
	u64 spsr = read_sysreg(spsr_el2);
	u64 pan = read_sysreg(sctlr_el1) & SCTLR_SPAN ? spsr & SPSR_PAN : SPSR_PAN;

	write_sysreg(elr_el1, read_sysreg(elr_el2));
	write_sysreg(spsr_el1, spsr);
	write_sysreg(esr_el1, class << 26 | (u32)ESR_IL | syndrome);
	write_sysreg(elr_el2, read_sysreg(vbar_el1) + vector_of(spsr));
	write_sysreg(spsr_el2, SPSR_EL1H_MASKED | (id_field(read_sysreg(id_aa64mmfr1_el1), 20) ? pan : 0));
}

void trap_undefined(void)
{
	trap_inject(EC_UNDEFINED, 0);
}

/* What EL0 may not do is for its kernel to judge: no program of a cell can cost the cell a CPU. */
static void refuse_instruction(struct cpu *cpu, enum denial_kind kind, u64 what)
{
	cpu->base.stat[STAT_MANAGEMENT]++;
	if (read_sysreg(spsr_el2) & SPSR_MODE)
		refuse(cpu, kind, what, 8);
	trap_undefined();
}

static void exit_hvc(struct cpu *cpu, u64 syndrome)
{
	u64 *regs = cpu_regs(cpu);

	if ((u16)syndrome != JAILHOUSE_HVC_CODE) {
		smccc_call(cpu);
		return;
	}
	cpu->base.stat[STAT_HYPERCALL]++;
	regs[0] = (u64)core_hypercall(cpu, regs[1], regs[2], (u32)regs[0]);
}

/*
 * Trapped system registers: those of the interrupt controller are emulated; cells see nothing of what is
 * shared or has seen other owners. The rest is nobody's: it belongs to EL2 or to the implementation.
 */
void exit_sysreg(struct cpu *cpu, u64 syndrome)
{
	unsigned reg = syndrome >> 5 & 31;
	bool read = syndrome & 1;
	u64 value = cpu_read(cpu, reg);

	if (!gic_sysreg(cpu, ESR_ISS(syndrome), !read, &value)) {
		if (!sysreg_is_zero(ESR_ISS(syndrome))) {
			refuse_instruction(cpu, read ? DENIED_REGISTER_READ : DENIED_REGISTER_WRITE,
					   ESR_ISS(syndrome));
			return;
		}
		value = 0;
	}
	if (read)
		cpu_write(cpu, reg, value);
	trap_skip();
}

/* What exit_fast() and the vector have left over. */
void exit_synchronous(struct cpu *cpu);
void exit_synchronous(struct cpu *cpu)
{
	u64 syndrome = read_sysreg(esr_el2);

	switch (ESR_EC(syndrome)) {
	case EC_HVC64:
		exit_hvc(cpu, syndrome);
		break;
	case EC_SYSREG:
		exit_sysreg(cpu, syndrome);
		break;
	case EC_ABORT_DATA:
	case EC_ABORT_CODE:
		memory_abort(cpu, syndrome);
		break;
	default:
		refuse_instruction(cpu, DENIED_STATE, read_sysreg(elr_el2));
	}
}

/*
 * An error of the memory system that cannot be told to belong to an instruction. Root gets it as its own,
 * when it is ready for one (HCR_EL2.VSE).
 */
void exit_error(struct cpu *cpu);
void exit_error(struct cpu *cpu)
{
	u64 syndrome = ESR_ISS(read_sysreg(esr_el2));

	cpu->base.stat[STAT_MANAGEMENT]++;
	refuse(cpu, DENIED_STATE, read_sysreg(elr_el2), 0);
	if (id_field(read_sysreg(id_aa64pfr0_el1), 28))	/* RAS */
		write_sysreg(S3_4_C5_C2_3, syndrome);	/* VSESR_EL2 */
	write_sysreg(hcr_el2, read_sysreg(hcr_el2) | HCR_VSE);
}
