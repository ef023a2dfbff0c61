/* SPDX-License-Identifier: GPL-2.0 */
/* What ends guest mode, and who decides: by exit code; an unknown one means the guest has failed. */
#include <arch/x86/control.h>
#include <arch/x86/emulate.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/svm.h>
#include <port/core.h>

void cpu_take_nmi(void);

static void exit_unknown(struct cpu *cpu)
{
	if (cpu->vmcb.exit_code == EXIT_SHUTDOWN)
		core_denied(cpu->base.cell, cpu->base.id, DENIED_TRIPLE_FAULT, cpu->vmcb.rip, 0);
	if (cpu->vmcb.exit_code == EXIT_INVALID)
		core_denied(cpu->base.cell, cpu->base.id, DENIED_STATE, cpu->vmcb.rip, 0);
	core_log("cell %u CPU %u: exit %llx, info %llx %llx at %llx:%llx", cpu->base.cell, cpu->base.id,
		 cpu->vmcb.exit_code, cpu->vmcb.exit_info1, cpu->vmcb.exit_info2,
		 cpu->vmcb.cs.base, cpu->vmcb.rip);
	cpu_fail(cpu);
}

/* An event whose delivery was interrupted by the exit must be delivered again. */
static void keep_event(struct cpu *cpu)
{
	if (cpu->vmcb.exit_int_info & EVENT_VALID)
		cpu->vmcb.event_injection = cpu->vmcb.exit_int_info;
}

static void exit_nmi(struct cpu *cpu)
{
	cpu->base.stat[STAT_MANAGEMENT]++;
	keep_event(cpu);
	cpu_take_nmi();
	cpu_sort_nmis(cpu);
	cpu_serve(cpu);
	svm_deliver_nmi(cpu);
}

static void exit_msr(struct cpu *cpu)
{
	emulate_msr(cpu, cpu->vmcb.exit_info1 != 0);
}

static void exit_ioio(struct cpu *cpu)
{
	cpu->base.stat[STAT_PIO]++;
	emulate_port(cpu, cpu->vmcb.exit_info1);
}

static void exit_npf(struct cpu *cpu)
{
	keep_event(cpu);
	emulate_memory(cpu, cpu->vmcb.exit_info2, cpu->vmcb.exit_info1);
}

/* Only from the kernel of the guest; 32-bit arguments outside of long mode. */
static void exit_vmmcall(struct cpu *cpu)
{
	struct vmcb *vmcb = &cpu->vmcb;
	u64 mask = vmcb->cs.attributes & SEGMENT_L ? ~0ULL : 0xffffffffULL;
	s64 result = -1;

	cpu->base.stat[STAT_HYPERCALL]++;
	if (vmcb->cpl == 0)
		result = core_hypercall(cpu, cpu->registers[RDI] & mask,
					cpu->registers[RSI] & mask, (u32)vmcb->rax);
	vmcb->rax = (u64)result;
	svm_skip(cpu, 3);
}

/* #DB and #AC are the guest's own; they only pass through here. */
static void exit_exception(struct cpu *cpu)
{
	u64 vector = cpu->vmcb.exit_code - EXIT_EXCEPTION;

	cpu->base.stat[STAT_EXCEPTION]++;
	cpu->vmcb.event_injection = vector | EVENT_EXCEPTION | EVENT_VALID |
				    (vector == VECTOR_ALIGNMENT ? EVENT_ERROR_CODE : 0);
}

/* The end of the guest's NMI handler: the next NMI may come. */
static void exit_iret(struct cpu *cpu)
{
	cpu->nmi_blocked = false;
	cpu->vmcb.intercept_general1 &= ~INTERCEPT_IRET;
	keep_event(cpu);
	svm_deliver_nmi(cpu);
}

/* No guest has SVM, so this is what its instructions do. */
static void exit_svm_instruction(struct cpu *cpu)
{
	cpu->vmcb.event_injection = VECTOR_INVALID_OPCODE | EVENT_EXCEPTION | EVENT_VALID;
}

/* INVD would drop other cells' dirty lines from shared caches; write them back instead. */
static void exit_invd(struct cpu *cpu)
{
	wbinvd();
	svm_skip(cpu, 2);
}

enum { UNKNOWN, EXCEPTION, NMI, IRET, SVM_INSTRUCTION, INVD, IOIO, MSR, VMMCALL };

static void (*const handlers[])(struct cpu *) = {
	[UNKNOWN] = exit_unknown,
	[EXCEPTION] = exit_exception,
	[NMI] = exit_nmi,
	[IRET] = exit_iret,
	[SVM_INSTRUCTION] = exit_svm_instruction,
	[INVD] = exit_invd,
	[IOIO] = exit_ioio,
	[MSR] = exit_msr,
	[VMMCALL] = exit_vmmcall,
};

static const u8 exits[] = {
	[EXIT_EXCEPTION + VECTOR_DEBUG] = EXCEPTION,
	[EXIT_EXCEPTION + VECTOR_ALIGNMENT] = EXCEPTION,
	[EXIT_NMI] = NMI,
	[EXIT_IRET] = IRET,
	[EXIT_INVLPGA] = SVM_INSTRUCTION,
	[EXIT_VMRUN] = SVM_INSTRUCTION,
	[EXIT_VMLOAD ... EXIT_SKINIT] = SVM_INSTRUCTION,
	[EXIT_INVD] = INVD,
	[EXIT_IOIO] = IOIO,
	[EXIT_MSR] = MSR,
	[EXIT_VMMCALL] = VMMCALL,
};

void svm_exit(struct cpu *cpu)
{
	u64 code = cpu->vmcb.exit_code;

	cpu->vmcb.tlb_control = 0;
	if (code < sizeof(exits))
		handlers[exits[code]](cpu);
	else if (code == EXIT_NPF)
		exit_npf(cpu);
	else
		exit_unknown(cpu);
}
