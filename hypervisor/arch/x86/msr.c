/* SPDX-License-Identifier: GPL-2.0 */
/* MSR accesses that the permission map traps, by the action in the policy row. */
#include <arch/x86/apic.h>
#include <arch/x86/emulate.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/msr_map.h>
#include <arch/x86/svm/svm.h>
#include <base/bits.h>

#define EFER_GUEST (BIT(0) | EFER_LME | EFER_LMA | EFER_NXE | BIT(13) | BIT(14) | BIT(15))

static u64 msr_operand(const struct cpu *cpu)
{
	return cpu->registers[RDX] << 32 | (u32)cpu->vmcb.rax;
}

static void msr_answer(struct cpu *cpu, u64 value)
{
	cpu->vmcb.rax = (u32)value;
	cpu->registers[RDX] = value >> 32;
}

static enum answer efer(struct cpu *cpu, u64 *value, bool write)
{
	if (!write) {
		*value = cpu->vmcb.efer & ~EFER_SVME;
		return ANSWER_DONE;
	}
	/* bits Linux had set are known to this processor */
	if (*value & ~(EFER_GUEST | EFER_SVME | cpu->linux_state.efer))
		return ANSWER_DENIED;
	/* LMA is the processor's: it follows LME when paging goes on, and cannot be set here */
	cpu->vmcb.efer = (*value & ~EFER_LMA) | (cpu->vmcb.efer & EFER_LMA) | EFER_SVME;
	svm_flush(cpu);
	return ANSWER_DONE;
}

static enum answer emulated(struct cpu *cpu, u32 msr, u64 *value, bool write)
{
	if (msr >= MSR_X2APIC_FIRST && msr <= MSR_X2APIC_LAST)
		return write ? emulate_apic_write(cpu, msr - MSR_X2APIC_FIRST, *value) : ANSWER_DENIED;
	if (msr == MSR_EFER)
		return efer(cpu, value, write);
	/* APIC_BASE: the same value may be written, the mode stays */
	return *value == read_msr(MSR_APIC_BASE) ? ANSWER_DONE : ANSWER_DENIED;
}

static enum answer perform(struct cpu *cpu, u32 msr, u64 *value, bool write)
{
	const struct msr_row *row = msr_row_of(msr);
	u8 action = MSR_DENY;

	if (row && cpu->base.cell == 0)
		action = write ? row->root_write : row->root_read;
	else if (row)
		action = write ? row->cell_write : row->cell_read;
	switch (action) {
	case MSR_PASS:	/* the permission map has no bit for it */
		return msr_try(msr, value, write) ? ANSWER_DONE : ANSWER_DENIED;
	case MSR_EMULATE:
		return emulated(cpu, msr, value, write);
	case MSR_ZERO:
		*value = 0;
		return ANSWER_DONE;
	case MSR_IGNORE:
		return ANSWER_DONE;
	default:
		return ANSWER_DENIED;
	}
}

void emulate_msr(struct cpu *cpu, bool write)
{
	u32 msr = (u32)cpu->registers[RCX];
	u64 value = write ? msr_operand(cpu) : 0;

	cpu->base.stat[msr == MSR_X2APIC_ICR ? STAT_MSR_X2APIC_ICR : STAT_MSR_OTHER]++;
	if (perform(cpu, msr, &value, write) == ANSWER_DENIED) {
		refuse(cpu, write ? DENIED_REGISTER_WRITE : DENIED_REGISTER_READ, msr, 8);
		svm_inject_gp(cpu);
		return;
	}
	if (!write)
		msr_answer(cpu, value);
	svm_skip(cpu, 2);
}
