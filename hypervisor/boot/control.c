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

/* The refusal is about this cell. */
static void about(struct refusal *refusal, unsigned slot)
{
	refusal->object = OBJECT_CELL;
	memcpy(refusal->cell, machine.cells[slot].view.desc->name, sizeof(refusal->cell) - 1);
}

static s64 answer(struct refusal *refusal, enum status why)
{
	refusal->why = why;
	return why == OK ? 0 : report_refusal(refusal);
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

static enum status check_lock(struct cpu *self, unsigned except, struct refusal *refusal)
{
	unsigned locker = locked_by(self, except);

	if (locker == ROOT)
		return OK;
	about(refusal, locker);
	return STATUS_CELL_LOCKED;
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

static enum status build(struct cpu *self, unsigned slot, u64 gpa, u64 size, struct refusal *refusal)
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

static enum status create(struct cpu *self, u64 gpa, u64 size, struct refusal *refusal)
{
	enum status status = check_lock(self, ROOT, refusal);
	unsigned slot = free_slot();

	if (status != OK)
		return status;
	if (slot == CONFIG_MAX_CELLS) {
		*refusal = (struct refusal) { .object = OBJECT_CELL, .a = CONFIG_MAX_CELLS - 1 };
		return STATUS_CELLS_FULL;
	}
	arch_unseal();
	status = build(self, slot, gpa, size, refusal);
	arch_seal();
	if (status != OK)
		return status;
	comm_set_state(self, slot, JAILHOUSE_CELL_SHUT_DOWN);
	console_line("Created cell \"%s\"", machine.cells[slot].view.desc->name);
	console_line("Page pool usage after cell creation: %u of %u", machine.pool.used,
		     machine.pool.pages);
	comm_announce(self);
	return OK;
}

s64 control_create(struct cpu *self, u64 gpa, u64 size)
{
	struct refusal refusal = { 0 };

	return answer(&refusal, create(self, gpa, size, &refusal));
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

/* Ask the cell and stop it. */
static enum status shut_down(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	if (!comm_ask_shutdown(self, slot))
		return STATUS_CELL_DENIES;
	return switch_halt(self, slot, refusal);
}

/* Root steers the cell an id names, unless that is root itself. */
static s64 steer(struct cpu *self, u64 id,
		 enum status (*act)(struct cpu *self, unsigned slot, struct refusal *refusal))
{
	struct refusal refusal = { .object = OBJECT_CELL };
	unsigned slot = control_slot(id);
	enum status status;

	if (slot != CONFIG_MAX_CELLS)
		about(&refusal, slot);
	if (slot != CONFIG_MAX_CELLS && slot != ROOT) {
		status = act(self, slot, &refusal);
	} else {
		refusal.a = id;
		status = slot == ROOT ? STATUS_CELL_IS_ROOT : STATUS_CELL_UNKNOWN;
	}
	return answer(&refusal, status);
}

static enum status set_loadable(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	enum status status;

	if (machine.cells[slot].loadable)
		return OK;
	status = shut_down(self, slot, refusal);
	if (status == OK)
		status = apply_loadable(self, slot, true, refusal);
	if (status == OK)
		console_line("Cell \"%s\" can be loaded", machine.cells[slot].view.desc->name);
	return status;
}

s64 control_set_loadable(struct cpu *self, u64 id, u64 unused)
{
	(void)unused;
	return steer(self, id, set_loadable);
}

static enum status start(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	enum status status = shut_down(self, slot, refusal);

	if (status == OK)
		status = apply_loadable(self, slot, false, refusal);
	if (status == OK)
		status = switch_run(self, slot, refusal);
	if (status == OK)
		console_line("Started cell \"%s\"", machine.cells[slot].view.desc->name);
	return status;
}

s64 control_start(struct cpu *self, u64 id, u64 unused)
{
	(void)unused;
	return steer(self, id, start);
}

/* Give all that the cell has back to root. */
static enum status give_back(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	const struct cell_view *view = machine.set.cells[slot];
	enum status status;

	machine.set.cells[slot] = NULL;
	status = generation_build(&machine.set, 1U << ROOT, refusal);
	if (status == OK)
		status = switch_to_next(self, slot, refusal);
	if (status != OK) {
		machine.set.cells[slot] = view;
		return status;
	}
	console_line("Closing cell \"%s\"", view->desc->name);
	clear_slot(slot);
	return OK;
}

static enum status destroy(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	enum status status = check_lock(self, slot, refusal);

	if (status == OK)
		status = shut_down(self, slot, refusal);
	if (status != OK)
		return status;
	arch_unseal();
	status = give_back(self, slot, refusal);
	arch_seal();
	if (status == OK)
		comm_announce(self);
	return status;
}

s64 control_destroy(struct cpu *self, u64 id, u64 unused)
{
	(void)unused;
	return steer(self, id, destroy);
}
