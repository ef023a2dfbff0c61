/* SPDX-License-Identifier: GPL-2.0 */
/* The face of this architecture to the story above (arch/arch.h). */
#include <arch/arch.h>
#include <arch/arm64/control.h>
#include <arch/arm64/host.h>
#include <arch/arm64/sysreg.h>
#include <arch/arm64/traps.h>
#include <arch/host_map.h>
#include <arch/windows.h>
#include <base/bits.h>
#include <jailhouse/hypercall.h>
#include <port/poll.h>

const u8 arch_num_stats = JAILHOUSE_NUM_CPU_STATS;
const bool arch_all_start = false;	/* the others wait for PSCI CPU_ON */

enum status arch_take_space(struct cpu *cpu)
{
	enum status status = host_build();

	if (status == OK)
		status = host_map_identity();
	if (status != OK)
		return status;
	host_enter(cpu, true);
	cpu->base.entered = true;
	return OK;
}

void arch_join_space(struct cpu *cpu)
{
	host_enter(cpu, false);
	gic_cpu_join(cpu);
	cpu->base.entered = true;
}

enum status arch_probe(struct cpu *self, struct refusal *refusal)
{
	(void)self;
	return gic_probe(refusal);
}

void arch_regroup(const struct plan *plan, u16 cell)
{
	gic_regroup(plan, cell);
}

void arch_mask_interrupts(u16 cell)
{
	gic_mask(cell);
}

enum status arch_adopt_interrupts(struct refusal *refusal)
{
	return gic_adopt(refusal);
}

void arch_return_interrupts(void)
{
	gic_return();
}

/* Linux goes on behind its HVC with 0; its other registers are in the frame since image_entry. */
void arch_run(struct cpu *cpu)
{
	cpu_regs(cpu)[0] = 0;
	gic_cpu_take(cpu);
	cpu_take_controls(cpu);
	write_sysreg(elr_el2, cpu->linux_state.elr);
	write_sysreg(spsr_el2, cpu->linux_state.spsr);
	guest_run(cpu);
}

void arch_prepare_leave(struct cpu *unused)
{
	(void)unused;
}

void arch_leave(struct cpu *cpu, s64 result)
{
	cpu->linux_state.elr = read_sysreg(elr_el2);
	cpu->linux_state.spsr = read_sysreg(spsr_el2);
	gic_cpu_give_back(cpu);
	cpu_leave(cpu, result);
}

struct cpu *arch_cpu(u32 id)
{
	return cpu_of(id);
}

/* Another CPU loads the table itself when it stops standing still. */
void arch_cpu_reload(struct cpu *cpu)
{
	if (cpu == cpu_this())
		cpu_load_space(cpu);
}

void arch_relax(void)
{
	asm volatile("yield" : : : "memory");
}

u64 arch_ticks(void)
{
	isb();
	return read_sysreg(cntpct_el0);
}

u64 arch_second(void)
{
	return read_sysreg(cntfrq_el0);
}

/* What a cell adds to the GIC is a bit of each interrupt it has. */
enum status arch_room(const struct cell_view *view, struct refusal *refusal)
{
	(void)view;
	(void)refusal;
	return OK;
}

bool arch_in_program(struct cpu *cpu)
{
	(void)cpu;
	return !(read_sysreg(spsr_el2) & SPSR_MODE);
}

/* A frame that makes interrupts of messages belongs to whoever owns them, or its page is in no table. */
const struct msi_cpus *arch_message_cpus(u16 cell)
{
	(void)cell;
	return NULL;
}

/* The data names the interrupt, as it would in a frame; 0 is that of an entry nobody has programmed. */
bool arch_raise(u16 cell, struct msi_message message)
{
	return gic_raise(cell, message.data) || !message.data;
}

void arch_raise_line(u16 cell, unsigned pin)
{
	(void)gic_raise(cell, 32 + machine.cells[cell].view.desc->vpci_irq_base + pin);
}

enum answer arch_window(struct cpu *cpu, const struct plan_trap *trap, struct access *access)
{
	u64 offset = access->address - trap->first;

	if (trap->kind == PLAN_TRAP_GICD)
		return gic_dist_access(cpu, offset, access);
	if (trap->kind == PLAN_TRAP_GICR)
		return gic_redist_access(cpu, offset, access);
	return ANSWER_DENIED;
}

void arch_fill_comm(void *page, const struct cell_view *view)
{
	struct jailhouse_comm_region *comm = page;
	const struct jailhouse_system *system = machine.system.header;

	comm->gic_version = system->platform_info.arm.gic_version == 2 ? 2 : 3;
	comm->gicd_base = system->platform_info.arm.gicd_base;
	comm->gicc_base = system->platform_info.arm.gicc_base;
	comm->gicr_base = system->platform_info.arm.gicr_base;
	comm->vpci_irq_base = view->desc->vpci_irq_base;
	port_cache_flush(page, PAGE_SIZE);	/* the cell begins without caches */
}
