/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <base/bits.h>
#include <base/string.h>
#include <boot/comm.h>
#include <boot/console.h>
#include <boot/control.h>
#include <boot/fetch_config.h>
#include <boot/generation.h>
#include <boot/report.h>
#include <boot/switch.h>

#define ROOT	0

unsigned control_slot(u64 id)
{
	unsigned slot = 0;

	while (slot < CONFIG_MAX_CELLS && (!machine.cells[slot].owner || machine.cells[slot].id != id))
		slot++;
	return slot;
}

static struct refusal about(unsigned slot, enum status why, u64 a, u64 b)
{
	struct refusal refusal = { .why = why, .object = OBJECT_CELL, .a = a, .b = b };

	if (slot < CONFIG_MAX_CELLS && machine.cells[slot].owner)
		memcpy(refusal.cell, machine.cells[slot].view.desc->name, sizeof(refusal.cell) - 1);
	return refusal;
}

static s64 refuse_cell(unsigned slot, enum status why, u64 a, u64 b)
{
	struct refusal refusal = about(slot, why, a, b);

	return report_refusal(&refusal);
}

/* The cell an id names, if root may steer it now; otherwise *result says why not. */
static unsigned steerable(u64 id, s64 *result)
{
	unsigned slot = control_slot(id);

	if (slot == CONFIG_MAX_CELLS)
		*result = refuse_cell(slot, STATUS_CELL_UNKNOWN, id, 0);
	else if (slot == ROOT)
		*result = refuse_cell(slot, STATUS_CELL_IS_ROOT, id, 0);
	else
		return slot;
	return ROOT;
}

/* A running cell has locked the set of cells; except may be the one that is to go. */
static unsigned locked_by(struct cpu *self, unsigned except)
{
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++)
		if (slot != except && machine.cells[slot].owner && machine.cells[slot].running &&
		    comm_state(self, slot) == JAILHOUSE_CELL_RUNNING_LOCKED)
			return slot;
	return ROOT;
}

static unsigned free_slot(void)
{
	unsigned slot = 1;

	while (slot < CONFIG_MAX_CELLS && (machine.cells[slot].owner || machine.cells[slot].burnt))
		slot++;
	return slot;
}

static enum status make_room(struct cpu *self, unsigned slot, u64 gpa, u64 size,
			     struct refusal *refusal)
{
	struct cell *cell = &machine.cells[slot];
	void *comm;
	enum status status;

	*cell = (struct cell) { .owner = pool_new_owner(&machine.pool), .id = ~0U };
	status = fetch_config(self, gpa, size, cell, refusal);
	if (status != OK)
		return status;
	comm = pool_alloc(&machine.pool, 1, 1, cell->owner);
	if (!comm)
		return STATUS_NO_MEMORY;
	cell->comm = PHYS(pool_phys(&machine.pool, comm));
	if (control_slot(cell->view.desc->id) != CONFIG_MAX_CELLS)
		return STATUS_CELL_ID_TAKEN;
	cell->id = cell->view.desc->id;
	machine.set.cells[slot] = &cell->view;
	status = config_check(&machine.set, refusal);
	if (status == OK)
		status = virtual_pci_room(&cell->view, refusal);
	return status == OK ? arch_room(&cell->view, refusal) : status;
}

static void clear_slot(unsigned slot)
{
	machine.set.cells[slot] = NULL;
	if (machine.cells[slot].owner)
		pool_drop(&machine.pool, machine.cells[slot].owner);
	machine.cells[slot] = (struct cell) { 0 };
	machine.pci_latch[slot] = 0;
}

static bool owns_cpu(const struct cell_view *view, u32 id)
{
	return id < view->desc->cpu_set_size * 8 && bitmap_test(view->cpus, id);
}

static enum status create(struct cpu *self, unsigned slot, u64 gpa, u64 size,
			  struct refusal *refusal)
{
	enum status status = make_room(self, slot, gpa, size, refusal);

	if (status == OK && owns_cpu(&machine.cells[slot].view, arch_cpu_id(self)))
		status = STATUS_CPU_SELF;
	if (status == OK)
		status = generation_build(&machine.set, 1U << ROOT | 1U << slot, refusal);
	if (status == OK)
		status = switch_to_next(self, slot, refusal);
	if (status != OK)
		clear_slot(slot);
	/* A unit may mix up the refused tables, still in use, with others of the same domain id. */
	machine.cells[slot].burnt = status == IOMMU_STUCK;
	return status;
}

s64 control_create(struct cpu *self, u64 gpa, u64 size)
{
	unsigned slot = free_slot(), locker = locked_by(self, ROOT);
	struct refusal refusal = { 0 };

	if (locker != ROOT)
		return refuse_cell(locker, STATUS_CELL_LOCKED, 0, 0);
	if (slot == CONFIG_MAX_CELLS)
		return refuse_cell(slot, STATUS_CELLS_FULL, CONFIG_MAX_CELLS - 1, 0);
	arch_unseal();
	refusal.why = create(self, slot, gpa, size, &refusal);
	arch_seal();
	if (refusal.why != OK)
		return report_refusal(&refusal);
	comm_set_state(self, slot, JAILHOUSE_CELL_SHUT_DOWN);
	console_line("Created cell \"%s\"", machine.cells[slot].view.desc->name);
	console_line("Page pool usage after cell creation: %u of %u", machine.pool.used,
		     machine.pool.pages);
	comm_announce(self);
	return 0;
}

/* Rebuild root's tables after the loadable flag of a cell changed. */
static enum status apply_loadable(struct cpu *self, unsigned slot, bool loadable,
				  struct refusal *refusal)
{
	enum status status;

	if (machine.cells[slot].loadable == loadable)
		return OK;
	machine.cells[slot].loadable = loadable;
	arch_unseal();
	status = generation_build(&machine.set, 1U << ROOT, refusal);
	if (status == OK)
		status = switch_to_next(self, ROOT, refusal);
	arch_seal();
	if (status != OK)
		machine.cells[slot].loadable = !loadable;
	return status;
}

/* Ask the cell and stop it; negative errno when it may not be stopped. */
static s64 shut_down(struct cpu *self, unsigned slot)
{
	struct refusal refusal = about(slot, OK, 0, 0);

	if (!comm_ask_shutdown(self, slot))
		return refuse_cell(slot, STATUS_CELL_DENIES, 0, 0);
	refusal.why = switch_halt(self, slot, &refusal);
	return refusal.why == OK ? 0 : report_refusal(&refusal);
}

s64 control_set_loadable(struct cpu *self, u64 id, u64 unused)
{
	s64 result = 0;
	unsigned slot = steerable(id, &result);
	struct refusal refusal;

	(void)unused;
	if (slot == ROOT)
		return result;
	if (machine.cells[slot].loadable)
		return 0;
	result = shut_down(self, slot);
	if (result != 0)
		return result;
	refusal = about(slot, OK, 0, 0);
	refusal.why = apply_loadable(self, slot, true, &refusal);
	if (refusal.why != OK)
		return report_refusal(&refusal);
	console_line("Cell \"%s\" can be loaded", machine.cells[slot].view.desc->name);
	return 0;
}

s64 control_start(struct cpu *self, u64 id, u64 unused)
{
	s64 result = 0;
	unsigned slot = steerable(id, &result);
	struct refusal refusal;

	(void)unused;
	if (slot == ROOT)
		return result;
	result = shut_down(self, slot);
	if (result != 0)
		return result;
	refusal = about(slot, OK, 0, 0);
	refusal.why = apply_loadable(self, slot, false, &refusal);
	if (refusal.why == OK)
		refusal.why = switch_run(self, slot, &refusal);
	if (refusal.why != OK)
		return report_refusal(&refusal);
	console_line("Started cell \"%s\"", machine.cells[slot].view.desc->name);
	return 0;
}

static enum status remove(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	const struct cell_view *view = machine.set.cells[slot];
	enum status status;

	machine.set.cells[slot] = NULL;
	status = generation_build(&machine.set, 1U << ROOT, refusal);
	if (status == OK)
		status = switch_to_next(self, slot, refusal);
	if (status != OK)
		machine.set.cells[slot] = view;
	return status;
}

s64 control_destroy(struct cpu *self, u64 id, u64 unused)
{
	s64 result = 0;
	unsigned slot = steerable(id, &result), locker;
	struct refusal refusal;

	(void)unused;
	if (slot == ROOT)
		return result;
	locker = locked_by(self, slot);
	if (locker != ROOT)
		return refuse_cell(locker, STATUS_CELL_LOCKED, 0, 0);
	result = shut_down(self, slot);
	if (result != 0)
		return result;
	refusal = about(slot, OK, 0, 0);
	arch_unseal();
	refusal.why = remove(self, slot, &refusal);
	if (refusal.why == OK) {
		console_line("Closing cell \"%s\"", machine.cells[slot].view.desc->name);
		clear_slot(slot);
	}
	arch_seal();
	if (refusal.why != OK)
		return report_refusal(&refusal);
	comm_announce(self);
	return 0;
}
