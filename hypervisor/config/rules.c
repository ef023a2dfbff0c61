// SPDX-License-Identifier: GPL-2.0
/*
 * Which rules a set of configs obeys, and in which order they are asked: a rule may rely on those
 * above it, so that it can do arithmetic on addresses and counts without asking again. What only
 * some machines need is asked before (arch_*.c: first) and after (last) the rules for all.
 */
#include <config/rules.h>

static const struct rule rules[] = {
	{ rule_system_flags, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_hypervisor_memory, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_ecam, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_iommu_units, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_debug_console, RULE_SYSTEM, OBJECT_CONSOLE },
	{ rule_name, RULE_CELL, OBJECT_CELL },
	{ rule_name_unique, RULE_PAIR, OBJECT_CELL },
	{ rule_cell_flags, RULE_CELL, OBJECT_CELL },
	{ rule_console, RULE_CELL, OBJECT_CONSOLE },
	{ rule_cpu_given, RULE_CELL, OBJECT_CELL },
	{ rule_cpu_of_root, RULE_CELL, OBJECT_CELL },
	{ rule_cpu_one_owner, RULE_PEERS, OBJECT_CELL },
	{ rule_cpu_left_for_root, RULE_SYSTEM, OBJECT_CELL },
	{ rule_windows_apart, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_memory_shape, RULE_CELL, OBJECT_MEMORY },
	{ rule_memory_bits, RULE_CELL, OBJECT_MEMORY },
	{ rule_memory_rights, RULE_CELL, OBJECT_MEMORY },
	{ rule_comm_region, RULE_CELL, OBJECT_MEMORY },
	{ rule_memory_apart, RULE_TWINS, OBJECT_MEMORY },
	{ rule_memory_windows, RULE_CELL, OBJECT_MEMORY },
	{ rule_memory_one_owner, RULE_PEERS, OBJECT_MEMORY },
	{ rule_memory_loadable, RULE_CELL, OBJECT_MEMORY },
	{ rule_device_shape, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_device_once, RULE_TWINS, OBJECT_PCI_DEVICE },
	{ rule_device_one_owner, RULE_PAIR, OBJECT_PCI_DEVICE },
	{ rule_device_caps, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_msix_shape, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_msix_not_memory, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_msix_apart, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_link_shape, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_link_sections, RULE_CELL, OBJECT_PCI_DEVICE },
	{ rule_link_ends, RULE_PAIR, OBJECT_PCI_DEVICE },
	{ rule_dma_isolated, RULE_CELL, OBJECT_CELL },
};

enum status rule_refuse_at(const struct rule_context *context, enum object object, u32 index,
			   enum status why, u64 a, u64 b)
{
	return refusal_fill(context->refusal, why, context->cell->desc->name, object, index, a, b);
}

enum status rule_refuse(const struct rule_context *context, enum status why, u64 a, u64 b)
{
	return rule_refuse_at(context, (enum object)context->object, context->index, why, a, b);
}

u64 rule_phys_limit(const struct rule_context *context)
{
	const u8 asked = context->set->phys_bits, known = context->system->arch->phys_bits;

	return 1ULL << (asked && asked < known ? asked : known);
}

bool rule_below(u64 start, u64 size, u64 limit)
{
	return size != 0 && size <= limit && start <= limit - size;
}

/* Entry i of what a rule is about; what is no array is there once. */
static const void *entry_at(const struct cell_view *cell, unsigned object, u32 i)
{
	if (object - OBJECT_CPU < CONFIG_ARRAYS)
		return config_entry(cell, object, i);
	return i == 0 ? cell->desc : NULL;
}

/* The rule for one entry: alone, with those before it, or with the other cell's. */
static enum status check_entry(const struct rule *rule, struct rule_context *context)
{
	const u32 end = rule->scope == RULE_TWINS ? context->index : ~0U;
	enum status status = OK;

	if (rule->scope < RULE_TWINS)
		return rule->check(context);
	for (u32 i = 0; i < end && status == OK; i++) {
		context->other_index = i;
		context->theirs = entry_at(context->other, rule->object, i);
		if (!context->theirs)
			break;
		status = rule->check(context);
	}
	return status;
}

static enum status check_entries(const struct rule *rule, struct rule_context *context)
{
	enum status status = OK;

	context->object = rule->object;
	for (context->index = 0; status == OK; context->index++) {
		context->entry = entry_at(context->cell, rule->object, context->index);
		if (!context->entry)
			break;
		status = check_entry(rule, context);
	}
	return status;
}

/* The rule for the cell in context->slot: with itself, or with each cell in a lower slot. */
static enum status check_cell(const struct rule *rule, struct rule_context *context)
{
	const bool pair = rule->scope >= RULE_PAIR;
	enum status status = OK;

	for (unsigned i = rule->scope == RULE_PEERS; i <= context->slot && status == OK; i++) {
		context->other = config_cell(context->set, i);
		context->other_slot = i;
		if (context->other && pair == (i < context->slot))
			status = check_entries(rule, context);
	}
	return status;
}

static enum status check_rule(const struct rule *rule, struct rule_context *context)
{
	const unsigned slots = rule->scope == RULE_SYSTEM ? 1 : CONFIG_MAX_CELLS;
	enum status status = OK;

	for (unsigned slot = 0; slot < slots && status == OK; slot++) {
		context->cell = config_cell(context->set, slot);
		context->slot = slot;
		if (context->cell)
			status = check_cell(rule, context);
	}
	return status;
}

static enum status check_rules(const struct rule *rule, unsigned count,
			       struct rule_context *context)
{
	enum status status = OK;

	for (unsigned i = 0; i < count && status == OK; i++)
		status = check_rule(&rule[i], context);
	return status;
}

enum status config_check(const struct config_set *set, struct refusal *refusal)
{
	struct rule_context context = { .set = set, .system = set->system, .refusal = refusal };
	const struct config_arch *arch = set->system->arch;
	enum status status = check_rules(arch->first, arch->num_first, &context);

	if (status == OK)
		status = check_rules(rules, RULES(rules), &context);
	return status == OK ? check_rules(arch->last, arch->num_last, &context) : status;
}
