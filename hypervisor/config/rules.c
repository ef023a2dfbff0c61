// SPDX-License-Identifier: GPL-2.0
/*
 * Which rules a set of configs obeys, and in which order they are asked: a rule may rely on those
 * above it, so that it can do arithmetic on addresses and counts without asking again. What only
 * some machines need is asked before (arch_*.c: first) and after (last) the rules for all.
 */
#include <config/rules.h>

static const struct rule rules[] = {
	{ RULE_SYSTEM, rule_system_flags },
	{ RULE_SYSTEM, rule_hypervisor_memory },
	{ RULE_SYSTEM, rule_ecam },
	{ RULE_SYSTEM, rule_iommu_units },
	{ RULE_SYSTEM, rule_debug_console },
	{ RULE_CELL, rule_name },
	{ RULE_PAIR, rule_name_unique },
	{ RULE_CELL, rule_cell_flags },
	{ RULE_CELL, rule_console },
	{ RULE_CELL, rule_cpu_given },
	{ RULE_CELL, rule_cpu_of_root },
	{ RULE_PAIR, rule_cpu_one_owner },
	{ RULE_SYSTEM, rule_cpu_left_for_root },
	{ RULE_SYSTEM, rule_windows_apart },
	{ RULE_CELL, rule_memory_shape },
	{ RULE_CELL, rule_memory_rights },
	{ RULE_CELL, rule_comm_region },
	{ RULE_CELL, rule_memory_apart },
	{ RULE_CELL, rule_memory_windows },
	{ RULE_PAIR, rule_memory_one_owner },
	{ RULE_CELL, rule_device_shape },
	{ RULE_CELL, rule_device_once },
	{ RULE_PAIR, rule_device_one_owner },
	{ RULE_CELL, rule_device_caps },
	{ RULE_CELL, rule_msix_shape },
	{ RULE_CELL, rule_msix_not_memory },
	{ RULE_CELL, rule_msix_apart },
	{ RULE_CELL, rule_link_shape },
	{ RULE_CELL, rule_link_sections },
	{ RULE_PAIR, rule_link_ends },
	{ RULE_CELL, rule_dma_isolated },
};

/* The rule for the cell in context->slot, against each cell in a lower slot. */
static enum status check_pairs(const struct rule *rule, struct rule_context *context)
{
	enum status status = OK;

	for (unsigned i = 0; i < context->slot && status == OK; i++) {
		context->other = config_cell(context->set, i);
		context->other_slot = i;
		if (context->other)
			status = rule->check(context);
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
		if (!context->cell)
			continue;
		status = rule->scope == RULE_PAIR ? check_pairs(rule, context)
						  : rule->check(context);
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
