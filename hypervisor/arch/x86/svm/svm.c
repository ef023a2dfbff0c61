/* SPDX-License-Identifier: GPL-2.0 */
/* Control blocks: how a CPU gets into guest mode, and what its guest state is after a reset. */
#include <arch/machine.h>
#include <arch/x86/apic.h>
#include <arch/x86/control.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/msr_map.h>
#include <arch/x86/svm/svm.h>
#include <base/bits.h>
#include <base/string.h>

#define CPUID_SVM_LEAF		0x8000000a
#define CPUID_EXT_LEAF		0x80000001
#define EXT_ECX_SVM		BIT(2)
#define SVM_EDX_NPT		BIT(0)
#define SVM_EDX_NRIPS		BIT(3)
#define SVM_EDX_FLUSH_BY_ASID	BIT(6)
#define NESTED_ENABLE		1
#define NESTED_INVLPGB		BIT(7)	/* let the guest have INVLPGB where it exists */
#define FPU_MXCSR		(24 / 4)
#define MXCSR_RESET		0x1f80
#define RESET_DR6		0xffff0ff0
#define RESET_DR7		0x400

bool svm_next_rip;
static u8 flush_command;	/* the narrowest the processor has: one ASID, or everything */
/* An XSAVE image whose header says: everything in its initial state. MXCSR has none there. */
static u32 initial_fpu[576 / 4] __attribute__((aligned(64)));

enum status svm_probe(struct refusal *refusal)
{
	u32 features;

	if (!(cpuid(CPUID_EXT_LEAF, 0).ecx & EXT_ECX_SVM))
		return refusal->why = STATUS_SVM_MISSING;
	features = cpuid(CPUID_SVM_LEAF, 0).edx;
	refusal->a = features;
	if (!(features & SVM_EDX_NPT))
		return refusal->why = STATUS_NPT_MISSING;
	refusal->a = cpuid(CPUID_SVM_LEAF, 0).ebx;
	refusal->b = CONFIG_MAX_CELLS;
	if (refusal->a <= CONFIG_MAX_CELLS - 1)
		return refusal->why = STATUS_ASIDS;
	if (read_msr(MSR_VM_CR) & VM_CR_SVMDIS)
		return refusal->why = STATUS_SVM_LOCKED;
	if (read_msr(MSR_EFER) & EFER_SVME)
		return refusal->why = STATUS_SVM_IN_USE;
	svm_next_rip = features & SVM_EDX_NRIPS;
	flush_command = features & SVM_EDX_FLUSH_BY_ASID ? TLB_FLUSH_ASID : TLB_FLUSH_ALL;
	return OK;
}

static u64 area_phys(const struct cpu *cpu, u64 offset)
{
	return machine.header->hypervisor_phys + ((u64)cpu - (u64)image_start) + offset;
}

static void vmcb_controls(struct vmcb *vmcb)
{
	/* a guest could loop in their delivery for ever, and never let an NMI through */
	vmcb->intercept_exceptions = 1U << VECTOR_DEBUG | 1U << VECTOR_ALIGNMENT;
	vmcb->intercept_general1 = INTERCEPT_NMI | INTERCEPT_INIT | INTERCEPT_INVD |
				   INTERCEPT_CPUID | INTERCEPT_IOIO | INTERCEPT_MSR |
				   INTERCEPT_INVLPGA |
				   INTERCEPT_TASK_SWITCH | INTERCEPT_SHUTDOWN;
	vmcb->intercept_general2 = INTERCEPT_VMRUN | INTERCEPT_VMMCALL | INTERCEPT_VMLOAD |
				   INTERCEPT_VMSAVE | INTERCEPT_STGI | INTERCEPT_CLGI |
				   INTERCEPT_SKINIT;
	vmcb->nested_control = NESTED_ENABLE | NESTED_INVLPGB;
}

static struct vmcb_segment flat(u16 selector, u16 attributes)
{
	return (struct vmcb_segment) { .selector = selector, .attributes = attributes,
				       .limit = 0xffffffff };
}

static struct vmcb_segment table(struct descriptor_table from)
{
	return (struct vmcb_segment) { .limit = from.limit, .base = from.base };
}

/* Linux continues at the trampoline's tail, which restores everything else from its stack. */
static void vmcb_from_linux(struct cpu *cpu)
{
	const struct linux_state *saved = &cpu->linux_state;
	struct vmcb *vmcb = &cpu->vmcb;

	vmcb->cs = flat(saved->cs, SEGMENT_CODE64);
	vmcb->ss = flat(saved->ss, SEGMENT_DATA);
	vmcb->ds = flat(saved->ds, SEGMENT_DATA);
	vmcb->es = flat(saved->es, SEGMENT_DATA);
	vmcb->gdtr = table(saved->gdtr);
	vmcb->idtr = table(saved->idtr);
	vmcb->cr0 = saved->cr0;
	vmcb->cr2 = read_cr2();
	vmcb->cr3 = saved->r13;
	vmcb->cr4 = saved->cr4;
	vmcb->efer = saved->efer | EFER_SVME;
	vmcb->dr6 = read_dr6();
	vmcb->dr7 = read_dr7();
	vmcb->pat = read_msr(MSR_PAT);
	vmcb->rflags = 2;
	vmcb->rip = saved->resume;
	vmcb->rsp = cpu->linux_rsp;
	vmcb->rax = 0;
	cpu->registers[R12] = saved->r12;
	cpu->registers[R13] = saved->r13;
}

void svm_start(struct cpu *cpu)
{
	write_msr(MSR_EFER, cpu->linux_state.efer | EFER_SVME | EFER_NXE);
	write_msr(MSR_VM_HSAVE_PA, area_phys(cpu, CPU_HSAVE));
	asm volatile("clgi" : : : "memory");
	cpu->registers[RAX] = area_phys(cpu, CPU_VMCB);
	vmcb_controls(&cpu->vmcb);
	vmcb_from_linux(cpu);
	svm_assign(cpu);
}

void svm_stop(struct cpu *cpu)
{
	asm volatile("stgi" : : : "memory");
	write_msr(MSR_VM_HSAVE_PA, 0);
	write_msr(MSR_EFER, cpu->linux_state.efer & ~EFER_SVME);
}

void svm_flush(struct cpu *cpu)
{
	cpu->vmcb.tlb_control = flush_command;
}

void svm_assign(struct cpu *cpu)
{
	const struct cell_tables *tables = &machine.now.cells[cpu->base.cell];

	cpu->vmcb.iopm_base = tables->ports.value;
	cpu->vmcb.msrpm_base = msr_map_of(cpu->base.cell).value;
	cpu->vmcb.nested_cr3 = tables->cpu.value;
	cpu->vmcb.asid = cpu->base.cell + 1U;
	memset(cpu->looked, 0xff, sizeof(cpu->looked));
	cpu->walked.entries = 0;
	svm_flush(cpu);
}

static void zero_msr(u32 msr)
{
	u64 value = 0;

	(void)msr_try(msr, &value, true);	/* not every processor has every register */
}

/* FPU, vector and debug registers of the previous owner; XCR0 back to x87 only. */
static void wipe_live_registers(void)
{
	write_dr0(0);
	write_dr1(0);
	write_dr2(0);
	write_dr3(0);
	if (read_cr4() & CR4_OSXSAVE) {
		initial_fpu[FPU_MXCSR] = MXCSR_RESET;
		asm volatile("xrstor64 %0" : : "m"(initial_fpu), "a"(~0U), "d"(~0U) : "memory");
		asm volatile("xsetbv" : : "a"(1), "d"(0), "c"(0) : "memory");
	} else {
		asm volatile("fninit" : : : "memory");
	}
	zero_msr(MSR_TSC_AUX);
	zero_msr(MSR_SPEC_CTRL);
	zero_msr(MSR_DEBUGCTL);
	zero_msr(MSR_XSS);
}

/* AMD64 manual volume 2, table 14-1: processor state after INIT. */
void svm_reset(struct cpu *cpu, u64 address)
{
	const struct vmcb_segment data = { .attributes = SEGMENT_DATA16, .limit = 0xffff };
	struct vmcb *vmcb = &cpu->vmcb;

	memset(&vmcb->es, 0, sizeof(*vmcb) - __builtin_offsetof(struct vmcb, es));
	vmcb->es = vmcb->ss = vmcb->ds = vmcb->fs = vmcb->gs = data;
	vmcb->cs = (struct vmcb_segment) { .selector = (u16)(address >> 4 & 0xf000),
					   .attributes = SEGMENT_CODE16, .limit = 0xffff,
					   .base = address & ~0xffffULL };
	if (!(address & 0xfff) && address < 0x100000) {
		vmcb->cs.selector = (u16)(address >> 4);
		vmcb->cs.base = address;
	}
	vmcb->rip = address - vmcb->cs.base;
	vmcb->gdtr.limit = vmcb->idtr.limit = 0xffff;
	vmcb->ldtr = (struct vmcb_segment) { .attributes = SEGMENT_LDT, .limit = 0xffff };
	vmcb->tr = (struct vmcb_segment) { .attributes = SEGMENT_TSS, .limit = 0xffff };
	vmcb->efer = EFER_SVME;
	vmcb->cr0 = CR0_CD | CR0_NW | CR0_ET;
	vmcb->dr6 = RESET_DR6;
	vmcb->dr7 = RESET_DR7;
	vmcb->rflags = 2;
	vmcb->pat = PAT_RESET;
	vmcb->event_injection = 0;
	vmcb->interrupt_shadow = 0;
	memset(&cpu->registers[RCX], 0, 15 * sizeof(u64));
	asm volatile("vmload %0" : : "a"(cpu->registers[RAX]) : "memory");
	wipe_live_registers();
	apic_reset();
	cpu->guest_nmi = 0;
	cpu->nmi_blocked = false;
	vmcb->intercept_general1 &= ~INTERCEPT_IRET;
	svm_assign(cpu);
}

void svm_inject_gp(struct cpu *cpu)
{
	cpu->vmcb.event_injection = 13 | EVENT_EXCEPTION | EVENT_ERROR_CODE | EVENT_VALID;
}

void svm_deliver_nmi(struct cpu *cpu)
{
	if (!cpu->guest_nmi || cpu->nmi_blocked)
		return;
	if (cpu->vmcb.event_injection & EVENT_VALID) {
		cpu_kick(cpu);
		return;
	}
	cpu->guest_nmi = 0;
	cpu->nmi_blocked = true;	/* until its IRET, as the processor would */
	cpu->vmcb.intercept_general1 |= INTERCEPT_IRET;
	cpu->vmcb.event_injection = 2 | EVENT_NMI | EVENT_VALID;
}
