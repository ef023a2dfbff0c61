/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A cell's use of its own local APIC: reads are the hardware's, writes are checked, and an interrupt
 * command reaches CPUs of the same cell only. INIT and SIPI never reach the hardware.
 */
#include <arch/machine.h>
#include <arch/x86/apic.h>
#include <arch/x86/control.h>
#include <arch/x86/emulate.h>
#include <arch/x86/local_apic.h>
#include <base/bits.h>
#include <run/icr.h>

#define LVT_MODE(value)		((value) >> 8 & 7)
#define LVT_MODE_FIXED		0
#define LVT_MODE_NMI		4
#define LVT_MODE_EXTINT		7
#define XAPIC_ID_SHIFT		24
#define DFR_FLAT		0xffffffffU

static struct apic_cpu members[CONFIG_MAX_CELLS][MACHINE_MAX_CPUS];
static struct apic_cell groups[CONFIG_MAX_CELLS];

const struct apic_cell *local_apic_cell(unsigned cell)
{
	return &groups[cell];
}

static u32 logical_id(const struct cpu *cpu)
{
	if (apic_is_x2())
		return apic_x2apic_logical(cpu->apic_id);
	return cpu->base.id < 8 ? 1U << cpu->base.id : 0;
}

void local_apic_group(const struct plan *plan, u16 cell)
{
	const u16 *owners = plan_cpus(plan);
	u32 count = 0;

	for (u32 id = 0; id < plan->num_cpus; id++)
		if (owners[id] == cell)
			members[cell][count++] = (struct apic_cpu) { id, cpu_of(id)->apic_id,
								     logical_id(cpu_of(id)) };
	groups[cell] = (struct apic_cell) {
		.cpus = members[cell], .count = count, .root = cell == 0,
		.mode = apic_is_x2() ? APIC_X2APIC : APIC_FLAT,
	};
}

static u32 sender_index(const struct apic_cell *cell, const struct cpu *cpu)
{
	u32 i = 0;

	while (i < cell->count && cell->cpus[i].cpu != cpu->base.id)
		i++;
	return i;
}

static void deliver(struct cpu *self, const struct icr_decision *decision, struct cpu *target)
{
	switch (decision->kind) {
	case ICR_IPI:
		apic_command(target->apic_id, decision->low);
		break;
	case ICR_NMI:
		cpu_request(target, REQUEST_NMI);
		break;
	case ICR_INIT:
		if (target != self)
			cpu_request(target, REQUEST_INIT);
		break;
	default:
		cpu_request(target, REQUEST_SIPI | decision->vector);
	}
}

static enum answer perform_icr(struct cpu *cpu, struct icr_decision decision)
{
	const struct apic_cell *cell = &groups[cpu->base.cell];

	if (decision.kind == ICR_VIOLATION)
		return ANSWER_DENIED;
	if (decision.kind == ICR_DROPPED)
		core_denied(cpu->base.cell, cpu->base.id, DENIED_IPI, decision.destination, 4);
	if (decision.kind == ICR_NOTHING || decision.kind == ICR_DROPPED)
		return ANSWER_DONE;
	for (u32 i = icr_next(&decision, cell, 0); i != ICR_NO_TARGET;
	     i = icr_next(&decision, cell, i + 1))
		deliver(cpu, &decision, cpu_of(cell->cpus[i].cpu));
	return ANSWER_DONE;
}

static enum answer write_icr(struct cpu *cpu, u32 low, u32 destination)
{
	const struct apic_cell *cell = &groups[cpu->base.cell];

	return perform_icr(cpu, icr_decide(cell, sender_index(cell, cpu),
					   (struct icr_write) { low, destination }));
}

static bool lvt_allowed(const struct cpu *cpu, u32 value)
{
	u32 mode = LVT_MODE(value);

	return value & APIC_LVT_MASKED || mode == LVT_MODE_FIXED || mode == LVT_MODE_NMI ||
	       (mode == LVT_MODE_EXTINT && cpu->base.cell == 0);
}

static enum answer write_register(struct cpu *cpu, unsigned index, u32 value)
{
	switch (index) {
	case APIC_LVT_TIMER ... APIC_LVT_ERROR:
		if (!lvt_allowed(cpu, value))
			return ANSWER_DENIED;
		break;
	case APIC_EXTENDED_FIRST ... APIC_EXTENDED_LAST:
		if (cpu->base.cell != 0 || (index >= APIC_EXTENDED_LVT && !lvt_allowed(cpu, value)))
			return ANSWER_DENIED;
		break;
	case APIC_LDR:
		return value >> XAPIC_ID_SHIFT == logical_id(cpu) ? ANSWER_DONE : ANSWER_DENIED;
	case APIC_DFR:
		return value == DFR_FLAT ? ANSWER_DONE : ANSWER_DENIED;
	case APIC_ID:
		return ANSWER_DONE;
	case APIC_TPR: case APIC_EOI: case APIC_SVR: case APIC_ESR: case APIC_LVT_CMCI:
	case APIC_ICR_HIGH: case APIC_TMICT: case APIC_TDCR:
		break;
	default:
		return ANSWER_DENIED;
	}
	return apic_try_write(index, value) ? ANSWER_DONE : ANSWER_DENIED;
}

/* A write of the memory-mapped page. */
enum answer emulate_xapic_write(struct cpu *cpu, struct access *access)
{
	unsigned index = (unsigned)(access->address & 0xfff) >> 4;

	cpu->base.stat[STAT_XAPIC]++;
	if (access->width != 4 || access->address & 0xf)
		return ANSWER_DENIED;
	if (index == APIC_ICR)
		return write_icr(cpu, (u32)access->value,
				 apic_read(APIC_ICR_HIGH) >> XAPIC_ID_SHIFT);
	return write_register(cpu, index, (u32)access->value);
}

/* The same by MSR, for hardware in either mode. */
enum answer emulate_apic_write(struct cpu *cpu, unsigned index, u64 value)
{
	const struct apic_cell *cell = &groups[cpu->base.cell];

	if (index == APIC_SELF_IPI)
		return perform_icr(cpu, icr_decide_self(cell, sender_index(cell, cpu), (u32)value));
	if (index == APIC_ICR)
		return write_icr(cpu, (u32)value, (u32)(value >> 32));
	if (index == APIC_ICR_HIGH || index == APIC_LDR || index == APIC_DFR || index == APIC_ID)
		return ANSWER_DENIED;
	return write_register(cpu, index, (u32)value);
}

/* Registers whose answer is not the hardware's as it stands. */
u32 local_apic_synthetic(const struct cpu *cpu, unsigned index)
{
	return index == APIC_ID ? cpu->apic_id : index == APIC_LDR ? logical_id(cpu) : 0;
}
