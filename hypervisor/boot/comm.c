/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <base/string.h>
#include <boot/comm.h>
#include <boot/console.h>
#include <port/poll.h>

/* A config's 0 means "as long as it takes"; nothing waits forever, so it means this many polls. */
#define REPLY_LIMIT 100000000ULL
#define POLLS_PER_LOOK 64	/* those between see what caches keep coherent */

/*
 * A guest without translation talks past the caches. So the words both write to are looked at afresh, which
 * also keeps ours from going back over a newer one of the same line, and leave the caches once written.
 */
static void show(const struct jailhouse_comm_region *comm)
{
	port_cache_flush(comm, __builtin_offsetof(struct jailhouse_comm_region, flags));
}

static struct jailhouse_comm_region *look(struct cpu *self, u64 phys)
{
	struct jailhouse_comm_region *comm = arch_look(self, phys);

	show(comm);
	return comm;
}

static struct jailhouse_comm_region *page_of(struct cpu *self, struct cell *cell)
{
	return look(self, cell->comm.value);
}

static u32 putc_flags(u32 cell_flags)
{
	u32 flags = 0;

	if (cell_flags & JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED)
		flags |= JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED;
	if (cell_flags & JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE)
		flags |= JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE;
	return flags;
}

void comm_fill(struct cpu *self, struct cell *cell)
{
	const struct cell_view *view = &cell->view;
	struct jailhouse_comm_region *comm = page_of(self, cell);

	memset(comm, 0, PAGE_SIZE);
	memcpy(comm->signature, COMM_REGION_MAGIC, sizeof(comm->signature));
	comm->revision = COMM_REGION_ABI_REVISION;
	comm->flags = putc_flags(view->desc->flags);
	comm->console = view->desc->console;
	comm->pci_mmconfig_base = machine.system.header->platform_info.pci_mmconfig_base;
	arch_fill_comm(comm, view);
}

void comm_set_state(struct cpu *self, struct cell *cell, u32 state)
{
	struct jailhouse_comm_region *comm = page_of(self, cell);

	comm->cell_state = state;
	show(comm);
}

u32 comm_state(struct cpu *self, struct cell *cell)
{
	const u64 comm = __atomic_load_n(&cell->comm.value, __ATOMIC_RELAXED);

	/* root has none, nor has a cell that goes right now */
	return comm ? look(self, comm)->cell_state : JAILHOUSE_CELL_RUNNING;
}

static bool ended(u32 state)
{
	return state == JAILHOUSE_CELL_SHUT_DOWN || state == JAILHOUSE_CELL_FAILED ||
	       state == JAILHOUSE_CELL_FAILED_COMM_REV;
}

static void send(struct cpu *self, struct cell *cell, u32 message)
{
	struct jailhouse_comm_region *comm = page_of(self, cell);

	comm->reply_from_cell = JAILHOUSE_MSG_NONE;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	comm->msg_to_cell = message;
	show(comm);
}

/* The answer, or 0 when none came in the time the config allows. */
static u32 wait_reply(struct cpu *self, struct cell *cell)
{
	const struct jailhouse_comm_region *comm = page_of(self, cell);
	u64 budget = cell->view.desc->msg_reply_timeout;

	if (budget == 0 || budget > REPLY_LIMIT)
		budget = REPLY_LIMIT;
	for (; budget; budget--) {
		u32 reply;

		if (budget % POLLS_PER_LOOK == 1)
			show(comm);
		reply = comm->reply_from_cell;
		if (reply != JAILHOUSE_MSG_NONE || ended(comm->cell_state))
			return reply ? reply : JAILHOUSE_MSG_REQUEST_APPROVED;
		arch_relax();
	}
	return JAILHOUSE_MSG_NONE;
}

/* It was started, takes messages and has not ended; an empty slot does not. */
static bool listens(struct cpu *self, struct cell *cell)
{
	return cell->running && !(cell->view.desc->flags & JAILHOUSE_CELL_PASSIVE_COMMREG) &&
	       machine_plan_cell(cell->slot)->comm_gpa != ~0ULL && !ended(comm_state(self, cell));
}

bool comm_ask_shutdown(struct cpu *self, struct cell *cell)
{
	u32 reply;

	if (!listens(self, cell))
		return true;
	send(self, cell, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	reply = wait_reply(self, cell);
	if (reply == JAILHOUSE_MSG_NONE) {
		console_line("Cell \"%s\" did not answer the shutdown request and counts as failed",
			     cell->view.desc->name);
		comm_set_state(self, cell, JAILHOUSE_CELL_FAILED);
		return true;
	}
	return reply == JAILHOUSE_MSG_REQUEST_APPROVED;
}

void comm_announce(struct cpu *self)
{
	for (struct cell *cell = machine.cells + 1; cell < machine.cells + CONFIG_MAX_CELLS; cell++)
		if (listens(self, cell)) {
			send(self, cell, JAILHOUSE_MSG_RECONFIG_COMPLETED);
			wait_reply(self, cell);
		}
}
