/* SPDX-License-Identifier: GPL-2.0 */
/* A CPU's way from Linux into the hypervisor, and back: after a refusal, or for good at disable. */
#include <arch/host_map.h>
#include <arch/x86/control.h>
#include <arch/x86/host.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/svm.h>
#include <base/bits.h>
#include <base/string.h>
#include <port/core.h>

#define TOP_UPPER_HALF	256
#define TOP_LAST	511

/* What cpu_give_back loads; offsets are known to entry.S. */
struct give_back {
	struct descriptor_table gdtr __attribute__((aligned(16)));
	struct descriptor_table idtr __attribute__((aligned(16)));
	u64 cs;			/* 32 */
	u32 ss, ds;		/* 40, 44 */
	u64 es;			/* 48 */
	u64 rip, rsp, rax;	/* 56, 64, 72 */
	u64 nmi;		/* 80 */
};

_Static_assert(__builtin_offsetof(struct give_back, idtr) == 16, "give_back.idtr");
_Static_assert(__builtin_offsetof(struct give_back, cs) == 32, "give_back.cs");
_Static_assert(__builtin_offsetof(struct give_back, nmi) == 80, "give_back.nmi");

void cpu_give_back(const u64 *registers, u64 transition_cr3, const struct give_back *state)
	__attribute__((noreturn));
void cpu_load_tables(const struct descriptor_table *gdtr, const struct descriptor_table *idtr,
		     u16 cs, u16 data);

static bool has_cet(void)
{
	return read_cr4() & CR4_CET;
}

void cpu_save_linux(struct cpu *cpu)
{
	struct linux_state *saved = &cpu->linux_state;

	asm volatile("sgdt %0" : "=m"(saved->gdtr));
	asm volatile("sidt %0" : "=m"(saved->idtr));
	saved->cs = read_cs();
	saved->ss = read_ss();
	saved->ds = read_ds();
	saved->es = read_es();
	saved->cr0 = read_cr0();
	saved->cr3 = read_cr3();
	saved->cr4 = read_cr4();
	saved->efer = read_msr(MSR_EFER);
	saved->s_cet = has_cet() ? read_msr(MSR_S_CET) : 0;
	if (has_cet())
		write_msr(MSR_S_CET, 0);
}

/* The transition table, Linux's descriptor tables, and NMIs that came meanwhile. */
void cpu_restore_linux(struct cpu *cpu)
{
	const struct linux_state *saved = &cpu->linux_state;

	write_cr3(machine.header->transition_root);
	write_cr0(saved->cr0);
	write_cr4(saved->cr4);
	cpu_load_tables(&saved->gdtr, &saved->idtr, saved->cs, saved->ss);
	asm volatile("mov %0, %%ds; mov %1, %%es" : : "r"((u32)saved->ds), "r"((u32)saved->es));
	if (has_cet())
		write_msr(MSR_S_CET, saved->s_cet);
	if (cpu->nmis)
		asm volatile("int $2" : : : "memory");
}

s32 cpu_enter(struct cpu *cpu, u32 id, u64 resume, u64 r12, u64 r13)
{
	s32 result;

	cpu->base.id = id;
	cpu->linux_state.resume = resume;
	cpu->linux_state.r12 = r12;
	cpu->linux_state.r13 = r13;
	cpu_save_linux(cpu);
	result = core_enter(cpu);
	cpu_restore_linux(cpu);
	return result;
}

static u64 *transition_page(u64 entry)
{
	u64 phys = entry & MASK(51, 12);

	return (u64 *)(image_start + (phys - machine.header->hypervisor_phys));
}

static const u64 *linux_table(struct cpu *cpu, u64 phys)
{
	return (const u64 *)host_look(cpu, HOST_WINDOW_STORY, phys & MASK(51, 12));
}

/*
 * Linux may have changed its top-level entries since enable, so they are copied again from the table
 * in use; the image's slot stays. The root cell's memory is mapped one to one.
 */
void cpu_refresh_transition(struct cpu *cpu);
void cpu_refresh_transition(struct cpu *cpu)
{
	u64 *root = transition_page(machine.header->transition_root);
	const u64 *table = linux_table(cpu, cpu->vmcb.cr3);
	bool five = cpu->vmcb.cr4 & CR4_LA57;

	for (unsigned i = TOP_UPPER_HALF; i <= TOP_LAST; i++)
		if (i != (five ? TOP_LAST : CELLBLOCK_IMAGE_SLOT))
			root[i] = table[i];
	if (!five)
		return;
	root = transition_page(root[TOP_LAST]);
	table = linux_table(cpu, table[TOP_LAST]);
	for (unsigned i = 0; i <= TOP_LAST; i++)
		if (i != CELLBLOCK_IMAGE_SLOT)
			root[i] = table[i];
}

void cpu_leave(struct cpu *cpu, s64 result)
{
	const struct vmcb *vmcb = &cpu->vmcb;
	struct give_back state = {
		.gdtr = { (u16)vmcb->gdtr.limit, vmcb->gdtr.base },
		.idtr = { (u16)vmcb->idtr.limit, vmcb->idtr.base },
		.cs = vmcb->cs.selector, .ss = vmcb->ss.selector,
		.ds = vmcb->ds.selector, .es = vmcb->es.selector,
		.rip = vmcb->rip + 3, .rsp = vmcb->rsp, .rax = (u64)result,
	};

	svm_stop(cpu);
	cpu_sort_nmis(cpu);
	state.nmi = cpu->guest_nmi;
	write_cr0(vmcb->cr0);
	write_cr2(vmcb->cr2);
	write_dr6(vmcb->dr6);
	write_dr7(vmcb->dr7);
	write_msr(MSR_PAT, vmcb->pat);
	write_cr3(machine.header->transition_root);
	write_cr4(vmcb->cr4);
	cpu_give_back(cpu->registers, machine.header->transition_root, &state);
}
