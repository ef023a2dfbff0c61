/* SPDX-License-Identifier: GPL-2.0 */
/* The face of this architecture to the story above (arch/arch.h). */
#include <arch/arch.h>
#include <arch/host_map.h>
#include <arch/x86/apic.h>
#include <arch/x86/control.h>
#include <arch/x86/emulate.h>
#include <arch/x86/host.h>
#include <arch/x86/ioapic.h>
#include <arch/x86/local_apic.h>
#include <arch/x86/msr.h>
#include <arch/x86/svm/svm.h>
#include <base/bits.h>
#include <base/string.h>
#include <jailhouse/hypercall.h>
#include <port/poll.h>

#define PDPE1GB		BIT(26)	/* CPUID 0x80000001 EDX */

void cpu_refresh_transition(struct cpu *cpu);

enum status arch_take_space(struct cpu *cpu)
{
	enum status status;

	host_init_idt();
	status = host_build();
	if (status != OK)
		return status;
	host_join(cpu, true);
	cpu->base.entered = true;
	return OK;
}

void arch_join_space(struct cpu *cpu)
{
	host_join(cpu, false);
	cpu->apic_id = apic_id();
	cpu->base.entered = true;
}

static enum status check_apic_mode(struct refusal *refusal)
{
	u8 asked = machine.system.header->platform_info.x86.apic_mode;
	u8 found = apic_is_x2() ? JAILHOUSE_APIC_MODE_X2APIC : JAILHOUSE_APIC_MODE_XAPIC;

	if (asked == JAILHOUSE_APIC_MODE_AUTO || asked == found)
		return OK;
	refusal->a = found;
	refusal->b = asked;
	return STATUS_APIC_RUNS;
}

u8 arch_phys_bits(void)
{
	return cpuid(0x80000008, 0).eax & 0xff;
}

enum status arch_probe(struct cpu *self, struct refusal *refusal)
{
	enum status status = svm_probe(refusal);

	machine.stage2_levels = read_cr4() & CR4_LA57 ? 5 : 4;
	machine.stage2_super = cpuid(0x80000001, 0).edx & PDPE1GB ? 2 : 1;
	if (status == OK)
		status = apic_probe();
	if (status != OK)
		return status;
	self->apic_id = apic_id();
	status = check_apic_mode(refusal);
	if (status == OK)
		status = ioapic_probe(refusal);
	if (status != OK)
		return status;
	return svm_build_msr_maps();
}

/* Message destinations of a cell: its CPUs by physical id, and by flat logical id. */
static void regroup_messages(u16 slot)
{
	const struct apic_cell *cell = local_apic_cell(slot);
	struct msi_cpus *cpus = &machine.msi_cpus[slot];

	memset(cpus, 0, sizeof(*cpus));
	for (u32 i = 0; i < cell->count; i++) {
		if (cell->cpus[i].apic_id < 255)
			bitmap_set(cpus->apic_ids, cell->cpus[i].apic_id);
		if (cell->mode == APIC_FLAT)
			cpus->flat |= (u8)cell->cpus[i].logical;
	}
}

void arch_regroup(const struct plan *plan, u16 cell)
{
	local_apic_group(plan, cell);
	regroup_messages(cell);
	if (machine.now.plan == plan)
		ioapic_regroup(plan, cell);
}

void arch_mask_interrupts(u16 cell)
{
	ioapic_mask(cell);
}

enum status arch_adopt_interrupts(struct refusal *refusal)
{
	return ioapic_take(refusal);
}

/* Root's entries are in the hardware as Linux wrote them; nothing is to be put back. */
void arch_return_interrupts(void)
{
}

void arch_run(struct cpu *cpu)
{
	svm_start(cpu);
	cpu_sort_nmis(cpu);
	svm_deliver_nmi(cpu);
	svm_run(cpu);
}

void arch_prepare_leave(struct cpu *cpu)
{
	cpu_refresh_transition(cpu);
}

void arch_leave(struct cpu *cpu, s64 result)
{
	cpu_leave(cpu, result);
}

struct cpu *arch_cpu(u32 id)
{
	return cpu_of(id);
}

const u8 arch_num_stats = JAILHOUSE_NUM_CPU_STATS;
const bool arch_all_start = true;

void arch_cpu_reload(struct cpu *cpu)
{
	svm_assign(cpu);
}

void arch_relax(void)
{
	cpu_relax();
}

u64 arch_ticks(void)
{
	return read_tsc();
}

u64 arch_second(void)
{
	return 4ULL << 30;	/* no processor counts faster by much */
}

bool arch_in_program(struct cpu *cpu)
{
	return cpu->vmcb.cpl != 0;
}

const struct msi_cpus *arch_message_cpus(u16 cell)
{
	return &machine.msi_cpus[cell];
}

bool arch_raise(u16 cell, struct msi_message message)
{
	if (msi_check(message, arch_message_cpus(cell)) != OK)
		return false;
	if (message.address)	/* else the empty one of an entry nobody has programmed */
		apic_command((u32)(message.address >> 12 & 0xff),
			     (message.data & 0x7ff) | COMMAND_ASSERT | (message.address & 4 ? 0x800 : 0));
	return true;
}

/* x86 cells share the machine's I/O APICs pin by pin, and no input of these is ours to raise. */
void arch_raise_line(u16 cell, unsigned pin)
{
	(void)cell;
	(void)pin;
}

/* Caches stay coherent whatever memory type a guest asks for. */
void arch_clean_memory(struct cpu *self, const struct cell_view *view)
{
	(void)self;
	(void)view;
}

void arch_fill_comm(void *page, const struct cell_view *view)
{
	struct jailhouse_comm_region *comm = page;
	const struct jailhouse_system *system = machine.system.header;
	u16 cpus = 0;

	for (u32 id = 0; id < view->desc->cpu_set_size * 8; id++)
		cpus += bitmap_test(view->cpus, id);
	comm->pm_timer_address = system->platform_info.x86.pm_timer_address;
	comm->num_cpus = cpus;
	comm->tsc_khz = system->platform_info.x86.tsc_khz;
	comm->apic_khz = system->platform_info.x86.apic_khz;
}
