/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <boot/console.h>
#include <boot/denial.h>
#include <boot/units.h>

#define FAULTS_PER_POLL 4

static enum status unit_probe(u32 index, struct refusal *refusal)
{
	const struct jailhouse_iommu *config =
		&machine.system.header->platform_info.iommu_units[index];
	struct iommu_unit *unit = &machine.units[index];

	*refusal = (struct refusal) { .object = OBJECT_IOMMU, .index = index, .a = config->type,
				      .b = config->base };
	unit->config = config;
	unit->pool = &machine.pool;
	unit->index = (u8)index;
	unit->ops = iommu_ops_of(config->type);
	if (!unit->ops)
		return STATUS_UNIT_UNKNOWN;
	unit->registers = arch_map_device(config->base, config->size);
	if (!unit->registers)
		return STATUS_NO_MEMORY;
	return iommu_probe(unit, refusal);
}

/* One table per cell serves all units, so they must walk the same format. */
static enum status unit_alike(u32 index, struct refusal *refusal)
{
	const struct iommu_caps *first = &machine.units[0].caps, *caps = &machine.units[index].caps;

	if (caps->format == first->format && caps->levels == first->levels &&
	    caps->levels_max == first->levels_max && caps->root_pages == first->root_pages &&
	    caps->max_super == first->max_super)
		return OK;
	refusal->a = caps->levels;
	refusal->b = first->levels;
	return STATUS_UNITS_DIFFER;
}

enum status units_probe(struct refusal *refusal)
{
	enum status status = OK;
	u32 i;

	for (i = 0; i < IOMMU_MAX_UNITS && status == OK; i++) {
		if (!machine.system.header->platform_info.iommu_units[i].base)
			break;
		status = unit_probe(i, refusal);
		if (status == OK)
			status = unit_alike(i, refusal);
	}
	machine.num_units = i;
	if (status == OK && i == 0)
		console_line("DMA is NOT isolated: the config lists no IOMMU unit");
	return status;
}

enum status units_start(struct refusal *refusal)
{
	enum status status = OK;

	for (u32 i = 0; i < machine.num_units && status == OK; i++) {
		*refusal = (struct refusal) { .object = OBJECT_IOMMU, .index = i };
		machine.units[i].owner = pool_new_owner(&machine.pool);
		status = iommu_start(&machine.units[i], &machine.now.units[i]);
	}
	if (status != OK)
		units_stop();
	return status;
}

bool units_stuck(void)
{
	bool stuck = false;

	for (u32 i = 0; i < machine.num_units; i++)
		stuck |= machine.units[i].stuck;
	return stuck;
}

/*
 * The units before the one that refused go back; it kept its old tables itself. One that does not go
 * back is stuck: the tables of the refused change must not be used for anything else, and as all units
 * have the same ones, there are no others any more.
 */
static enum status roll_back(u32 count, enum status why)
{
	for (u32 i = 0; i < count; i++)
		if (iommu_commit(&machine.units[i], &machine.now.units[i]) != OK) {
			machine.units[i].stuck = true;
			why = IOMMU_STUCK;
		}
	return why;
}

enum status units_commit(struct refusal *refusal)
{
	enum status status = OK;

	for (u32 i = 0; i < machine.num_units && status == OK; i++) {
		*refusal = (struct refusal) { .object = OBJECT_IOMMU, .index = i };
		status = iommu_commit(&machine.units[i], &machine.next.units[i]);
		if (status != OK)
			status = roll_back(i, status);
	}
	return status;
}

void units_stop(void)
{
	for (u32 i = 0; i < machine.num_units; i++)
		if (machine.units[i].running)
			iommu_stop(&machine.units[i]);
}

void units_poll_faults(void)
{
	struct iommu_fault fault;

	if (__atomic_exchange_n(&machine.polling_faults, 1, __ATOMIC_ACQUIRE))
		return;		/* another CPU is at it */
	for (u32 i = 0; i < machine.num_units; i++)
		for (u32 n = 0; n < FAULTS_PER_POLL; n++) {
			if (!iommu_take_fault(&machine.units[i], &fault))
				break;
			denial_dma(&fault, fault.text);
		}
	__atomic_store_n(&machine.polling_faults, 0, __ATOMIC_RELEASE);
}
