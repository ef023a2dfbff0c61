/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <base/bits.h>
#include <base/string.h>
#include <boot/comm.h>
#include <boot/console.h>
#include <boot/control.h>
#include <boot/fetch_config.h>
#include <boot/report.h>
#include <boot/switch.h>

#define ROOT		machine.cells
#define CELLS_END	(machine.cells + CONFIG_MAX_CELLS)

struct cell *control_cell(u64 id)
{
	for (struct cell *cell = ROOT; cell < CELLS_END; cell++)
		if (cell->owner && cell->id == id)
			return cell;
	return NULL;
}

u32 control_count(void)
{
	u32 count = 0;

	for (struct cell *cell = ROOT; cell < CELLS_END; cell++)
		count += cell->owner != 0;
	return count;
}

/* The refusal is about this cell. */
static void about(struct refusal *refusal, const struct cell *cell)
{
	refusal->object = OBJECT_CELL;
	memcpy(refusal->cell, cell->view.desc->name, sizeof(refusal->cell) - 1);
}

static s64 answer(struct refusal *refusal, enum status why)
{
	refusal->why = why;
	return why == OK ? 0 : report_refusal(refusal);
}

static void say(const char *format, const struct cell *cell)
{
	console_line(format, cell->view.desc->name);
}

/* No running cell but the one that is to go has locked the set of cells. */
static enum status check_lock(struct cpu *self, const struct cell *except, struct refusal *refusal)
{
	for (struct cell *cell = ROOT + 1; cell < CELLS_END; cell++)
		if (cell != except && cell->running &&
		    comm_state(self, cell) == JAILHOUSE_CELL_RUNNING_LOCKED) {
			about(refusal, cell);
			return STATUS_CELL_LOCKED;
		}
	return OK;
}

/* Blob copy and communication page, all under a new owner. */
static enum status take_pages(struct cpu *self, struct cell *cell, u64 gpa, u64 size,
			      struct refusal *refusal)
{
	enum status status;
	void *comm;

	cell->owner = pool_new_owner(&machine.pool);
	status = fetch_config(self, gpa, size, cell, refusal);
	if (status != OK)
		return status;
	comm = pool_alloc(&machine.pool, 1, 1, cell->owner);
	if (!comm)
		return STATUS_NO_MEMORY;
	cell->comm = PHYS(pool_phys(&machine.pool, comm));
	return OK;
}

static bool owns_cpu(const struct cell_view *view, u32 id)
{
	return id < view->desc->cpu_set_size * 8 && bitmap_test(view->cpus, id);
}

/* Does the cell fit in with the others, on this machine? */
static enum status check(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	enum status status;

	if (control_cell(cell->view.desc->id))
		return STATUS_CELL_ID_TAKEN;
	cell->id = cell->view.desc->id;
	machine.set.cells[cell->slot] = &cell->view;
	status = config_check(&machine.set, refusal);
	if (status == OK)
		status = virtual_pci_room(&cell->view, refusal);
	if (status == OK)
		status = arch_room(&cell->view, refusal);
	if (status == OK && owns_cpu(&cell->view, arch_cpu_id(self)))
		status = STATUS_CPU_SELF;
	return status;
}

static void clear(struct cell *cell)
{
	machine.set.cells[cell->slot] = NULL;
	pool_drop(&machine.pool, cell->owner);
	machine.pci_latch[cell->slot] = 0;
	memset(cell, 0, sizeof(*cell));
}

static enum status build(struct cpu *self, struct cell *cell, u64 gpa, u64 size,
			 struct refusal *refusal)
{
	enum status status;

	cell->slot = (u16)(cell - ROOT);
	cell->id = ~0U;
	arch_unseal();
	status = take_pages(self, cell, gpa, size, refusal);
	arch_seal();
	if (status == OK)
		status = check(self, cell, refusal);
	if (status == OK)
		status = switch_over(self, cell, refusal);
	if (status != OK)
		clear(cell);
	return status;
}

static enum status create(struct cpu *self, u64 gpa, u64 size, struct refusal *refusal)
{
	enum status status = check_lock(self, NULL, refusal);
	struct cell *cell = ROOT + 1;

	if (status != OK)
		return status;
	while (cell < CELLS_END && cell->owner)
		cell++;
	if (cell == CELLS_END) {
		refusal->object = OBJECT_CELL;
		refusal->a = CONFIG_MAX_CELLS - 1;
		return STATUS_CELLS_FULL;
	}
	status = build(self, cell, gpa, size, refusal);
	if (status != OK)
		return status;
	comm_set_state(self, cell, JAILHOUSE_CELL_SHUT_DOWN);
	say("Created cell \"%s\"", cell);
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

/* Ask the cell and stop it. */
static enum status shut_down(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	if (!comm_ask_shutdown(self, cell))
		return STATUS_CELL_DENIES;
	return switch_halt(self, cell, refusal);
}

/* Shut the cell down, and let root reach its loadable memory, or no longer. */
static enum status make_loadable(struct cpu *self, struct cell *cell, bool loadable,
				 struct refusal *refusal)
{
	enum status status = shut_down(self, cell, refusal);

	if (status != OK || cell->loadable == loadable)
		return status;
	cell->loadable = loadable;
	status = switch_over(self, ROOT, refusal);
	if (status != OK)
		cell->loadable = !loadable;
	return status;
}

/* Root steers the cell an id names, unless that is root itself. */
static s64 steer(struct cpu *self, u64 id,
		 enum status (*act)(struct cpu *self, struct cell *cell, struct refusal *refusal))
{
	struct refusal refusal = { .object = OBJECT_CELL };
	struct cell *cell = control_cell(id);
	enum status status = STATUS_CELL_UNKNOWN;

	if (cell) {
		about(&refusal, cell);
		status = STATUS_CELL_IS_ROOT;
	}
	if (cell && cell != ROOT)
		status = act(self, cell, &refusal);
	else
		refusal.a = id;
	return answer(&refusal, status);
}

static enum status set_loadable(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	enum status status;

	if (cell->loadable)
		return OK;
	status = make_loadable(self, cell, true, refusal);
	if (status == OK)
		say("Cell \"%s\" can be loaded", cell);
	return status;
}

s64 control_set_loadable(struct cpu *self, u64 id, u64 unused)
{
	(void)unused;
	return steer(self, id, set_loadable);
}

static enum status start(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	enum status status = make_loadable(self, cell, false, refusal);

	if (status == OK)
		status = switch_run(self, cell, refusal);
	if (status == OK)
		say("Started cell \"%s\"", cell);
	return status;
}

s64 control_start(struct cpu *self, u64 id, u64 unused)
{
	(void)unused;
	return steer(self, id, start);
}

static enum status destroy(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	enum status status = check_lock(self, cell, refusal);

	if (status == OK)
		status = shut_down(self, cell, refusal);
	if (status != OK)
		return status;
	machine.set.cells[cell->slot] = NULL;
	status = switch_over(self, cell, refusal);	/* all that the cell has goes back to root */
	if (status != OK) {
		machine.set.cells[cell->slot] = &cell->view;
		return status;
	}
	say("Closing cell \"%s\"", cell);
	clear(cell);
	comm_announce(self);
	return OK;
}

s64 control_destroy(struct cpu *self, u64 id, u64 unused)
{
	(void)unused;
	return steer(self, id, destroy);
}
