/* SPDX-License-Identifier: GPL-2.0 */
/* What the story asks about CPUs, and what it makes of them while they stand still. */
#include <arch/arch.h>
#include <base/string.h>
#include <jailhouse/hypercall.h>

#define EPERM	1
#define EINVAL	22

u32 arch_cpu_id(const struct cpu *cpu)
{
	return ((const struct cpu_base *)cpu)->id;
}

u16 arch_cpu_cell(const struct cpu *cpu)
{
	return ((const struct cpu_base *)cpu)->cell;
}

bool arch_cpu_entered(const struct cpu *cpu)
{
	return ((const struct cpu_base *)cpu)->entered;
}

bool arch_cpu_halted(const struct cpu *cpu)
{
	return ((const struct cpu_base *)cpu)->mode != CPU_RUNS;
}

bool arch_cpu_failed(const struct cpu *cpu)
{
	return ((const struct cpu_base *)cpu)->mode == CPU_FAILED;
}

/* Each exit is counted once, by its kind. */
static u32 all_exits(const struct cpu_base *cpu)
{
	u32 sum = 0;

	for (unsigned i = 0; i < STAT_COUNT; i++)
		sum += cpu->stat[i];
	return sum;
}

/* A CPU may always ask about itself, root about every CPU, a cell about its own. */
static s64 may_ask(struct cpu *caller, u64 id)
{
	if (id == arch_cpu_id(caller))
		return 0;
	if (id >= machine.now.plan->num_cpus || !arch_cpu_entered(arch_cpu((u32)id)))
		return -EINVAL;
	if (arch_cpu_cell(caller) != 0 && arch_cpu_cell(caller) != arch_cpu_cell(arch_cpu((u32)id)))
		return -EPERM;
	return 0;
}

s64 arch_cpu_info(struct cpu *caller, u64 id, u64 type)
{
	const struct cpu_base *cpu = cpu_base(arch_cpu((u32)id));
	s64 error = may_ask(caller, id);

	if (error)
		return error;
	if (type == JAILHOUSE_CPU_INFO_STATE)
		return cpu->mode == CPU_FAILED ? JAILHOUSE_CPU_FAILED : JAILHOUSE_CPU_RUNNING;
	type -= JAILHOUSE_CPU_INFO_STAT_BASE;
	if (type == STAT_TOTAL)
		return all_exits(cpu) & 0x7fffffff;
	return type < arch_num_stats ? (s64)(cpu->stat[type] & 0x7fffffff) : -EINVAL;
}

void arch_cpu_assign(struct cpu *cpu, u16 cell)
{
	struct cpu_base *base = cpu_base(cpu);

	base->cell = cell;
	base->mode = CPU_WAITS;
	base->requests = 0;
	memset(base->stat, 0, sizeof(base->stat));
	arch_cpu_reload(cpu);
}

/* The CPU itself resets: what is wiped is live in its registers. */
void arch_cpu_restart(struct cpu *cpu, u64 address, bool first)
{
	struct cpu_base *base = cpu_base(cpu);

	base->mode = CPU_WAITS;
	base->start = address;
	base->requests = first || arch_all_start ? REQUEST_START : 0;
}

void arch_cpu_halt(struct cpu *cpu, bool failed)
{
	cpu_base(cpu)->mode = failed ? CPU_FAILED : CPU_WAITS;
	cpu_base(cpu)->requests = 0;
}
