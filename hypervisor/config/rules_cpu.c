// SPDX-License-Identifier: GPL-2.0
/* Who may have which CPU: every one belongs to root until exactly one cell takes it. */
#include <base/bits.h>
#include <config/rules.h>

bool config_has_cpu(const struct cell_view *cell, u32 cpu)
{
	return cpu / 8 < cell->desc->cpu_set_size && bitmap_test(cell->cpus, cpu);
}

u32 config_cpus(const struct cell_view *cell)
{
	u32 cpus = cell->desc->cpu_set_size * 8;

	while (cpus > 0 && !bitmap_test(cell->cpus, cpus - 1))
		cpus--;
	return cpus;
}

/* The first CPU of the set from number on; false: no more. */
static bool next_cpu(const struct cell_view *cell, unsigned *cpu)
{
	const unsigned end = cell->desc->cpu_set_size * 8;

	while (*cpu < end) {
		if (*cpu % 8 == 0 && cell->cpus[*cpu / 8] == 0)
			*cpu += 8;
		else if (bitmap_test(cell->cpus, *cpu))
			return true;
		else
			++*cpu;
	}
	return false;
}

enum status rule_cpu_given(const struct rule_context *context)
{
	unsigned cpu = 0;

	return next_cpu(context->cell, &cpu) ? OK :
	       rule_refuse(context, STATUS_CPU_NONE, 0, 0);
}

static enum status refuse(const struct rule_context *context, u32 cpu, enum status why, u64 b)
{
	return rule_refuse_at(context, OBJECT_CPU, cpu, why, cpu, b);
}

enum status rule_cpu_of_root(const struct rule_context *context)
{
	if (context->slot == 0)
		return OK;
	for (unsigned cpu = 0; next_cpu(context->cell, &cpu); cpu++) {
		if (!config_has_cpu(&context->system->root, cpu))
			return refuse(context, cpu, STATUS_CPU_FOREIGN, 0);
		if (cpu == 0 && context->system->arch->boot_cpu_stays)
			return refuse(context, cpu, STATUS_CPU_BOOT, 0);
	}
	return OK;
}

enum status rule_cpu_one_owner(const struct rule_context *context)
{
	for (unsigned cpu = 0; next_cpu(context->cell, &cpu); cpu++)
		if (config_has_cpu(context->other, cpu))
			return refuse(context, cpu, STATUS_CPU_TWICE, context->other_slot);
	return OK;
}

static bool is_taken(const struct config_set *set, unsigned cpu)
{
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++)
		if (set->cells[slot] && config_has_cpu(set->cells[slot], cpu))
			return true;
	return false;
}

enum status rule_cpu_left_for_root(const struct rule_context *context)
{
	unsigned cpus = 0;

	for (unsigned cpu = 0; next_cpu(&context->system->root, &cpu); cpu++, cpus++)
		if (!is_taken(context->set, cpu))
			return OK;
	return rule_refuse(context, STATUS_CPU_LAST, cpus, 0);
}
