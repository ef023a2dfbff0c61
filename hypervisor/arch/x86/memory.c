/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest touched memory that its table does not map: fetch and decode the instruction, let the
 * window's owner answer, put the result into the guest's register.
 */
#include <arch/machine.h>
#include <arch/virtual_pci.h>
#include <arch/x86/control.h>
#include <arch/x86/emulate.h>
#include <arch/x86/fetch.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/svm.h>
#include <run/mmio_decode.h>

static enum mmio_code code_width(const struct vmcb *vmcb)
{
	if (vmcb->cs.attributes & SEGMENT_L && vmcb->efer & EFER_LMA)
		return MMIO_CODE_64;
	return vmcb->cs.attributes & SEGMENT_DB ? MMIO_CODE_32 : MMIO_CODE_16;
}

static enum status fetch_and_decode(struct cpu *cpu, struct mmio_insn *insn)
{
	u8 copy[MMIO_INSN_MAX];
	struct fetched code = fetch_instruction(cpu, copy, false);
	enum status status = mmio_decode_again(&cpu->memo, insn, code.bytes, code.count, code_width(&cpu->vmcb));

	if (status != STATUS_INSN_INCOMPLETE)
		return status;
	code = fetch_instruction(cpu, copy, true);
	return mmio_decode(insn, code.bytes, code.count, code_width(&cpu->vmcb));
}

/* Nobody grants it: cells stop here, root reads ones or loses the write. */
static void deny(struct cpu *cpu, struct access *access)
{
	refuse(cpu, access->write ? DENIED_WRITE : DENIED_READ, access->address, access->width);
	access->value = ~0ULL;
}

/* Root touched forbidden memory by an instruction that cannot be answered. */
static void give_up(struct cpu *cpu, u64 gpa, u64 info)
{
	refuse(cpu, info & NPF_EXECUTE ? DENIED_EXECUTE : info & NPF_WRITE ? DENIED_WRITE : DENIED_READ,
	       gpa, 0);
	svm_inject_gp(cpu);
}

void emulate_memory(struct cpu *cpu, u64 gpa, u64 info)
{
	struct mmio_insn insn;
	struct access access;
	u64 *reg;

	cpu->base.stat[STAT_MMIO]++;
	if (!(info & NPF_FINAL) || info & NPF_EXECUTE ||
	    cpu->vmcb.exit_int_info & EVENT_VALID ||	/* not the instruction at RIP */
	    fetch_and_decode(cpu, &insn) != OK ||
	    insn.write != !!(info & NPF_WRITE)) {
		give_up(cpu, gpa, info);
		return;
	}
	reg = cpu_register(cpu, insn.reg);
	access = (struct access) { .address = gpa, .width = insn.width, .write = insn.write };
	if (insn.write)
		access.value = mmio_store_value(&insn, *reg);
	if (access_memory(cpu, &access) == ANSWER_DENIED)
		deny(cpu, &access);
	if (!insn.write)
		*reg = mmio_result(&insn, *reg, access.value);
	cpu->vmcb.rip += insn.length;
	cpu->vmcb.interrupt_shadow = 0;
}
