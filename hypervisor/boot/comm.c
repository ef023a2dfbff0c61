/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <base/string.h>
#include <boot/comm.h>
#include <boot/console.h>

/* A config's 0 means "as long as it takes"; nothing waits forever, so it means this many polls. */
#define REPLY_LIMIT 100000000ULL

static struct jailhouse_comm_region *page_of(struct cpu *self, unsigned slot)
{
	return arch_look(self, machine.cells[slot].comm.value);
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

void comm_fill(struct cpu *self, unsigned slot)
{
	const struct cell_view *view = &machine.cells[slot].view;
	struct jailhouse_comm_region *comm = page_of(self, slot);

	memset(comm, 0, PAGE_SIZE);
	memcpy(comm->signature, COMM_REGION_MAGIC, sizeof(comm->signature));
	comm->revision = COMM_REGION_ABI_REVISION;
	comm->flags = putc_flags(view->desc->flags);
	comm->console = view->desc->console;
	comm->pci_mmconfig_base = machine.system.header->platform_info.pci_mmconfig_base;
	arch_fill_comm(comm, view);
}

void comm_set_state(struct cpu *self, unsigned slot, u32 state)
{
	page_of(self, slot)->cell_state = state;
}

u32 comm_state(struct cpu *self, unsigned slot)
{
	return slot == 0 ? JAILHOUSE_CELL_RUNNING : page_of(self, slot)->cell_state;
}

static bool ended(u32 state)
{
	return state == JAILHOUSE_CELL_SHUT_DOWN || state == JAILHOUSE_CELL_FAILED ||
	       state == JAILHOUSE_CELL_FAILED_COMM_REV;
}

static void send(struct cpu *self, unsigned slot, u32 message)
{
	struct jailhouse_comm_region *comm = page_of(self, slot);

	comm->reply_from_cell = JAILHOUSE_MSG_NONE;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	comm->msg_to_cell = message;
}

/* The answer, or 0 when none came in the time the config allows. */
static u32 wait_reply(struct cpu *self, unsigned slot)
{
	u64 budget = machine.cells[slot].view.desc->msg_reply_timeout;

	if (budget == 0 || budget > REPLY_LIMIT)
		budget = REPLY_LIMIT;
	for (; budget; budget--) {
		u32 reply = page_of(self, slot)->reply_from_cell;

		if (reply != JAILHOUSE_MSG_NONE || ended(comm_state(self, slot)))
			return reply ? reply : JAILHOUSE_MSG_REQUEST_APPROVED;
		arch_relax();
	}
	return JAILHOUSE_MSG_NONE;
}

static bool passive(unsigned slot)
{
	return machine.cells[slot].view.desc->flags & JAILHOUSE_CELL_PASSIVE_COMMREG ||
	       plan_cells(machine.now.plan)[slot].comm_gpa == ~0ULL;
}

bool comm_ask_shutdown(struct cpu *self, unsigned slot)
{
	u32 reply;

	if (passive(slot) || !machine.cells[slot].running || ended(comm_state(self, slot)))
		return true;
	send(self, slot, JAILHOUSE_MSG_SHUTDOWN_REQUEST);
	reply = wait_reply(self, slot);
	if (reply == JAILHOUSE_MSG_NONE) {
		console_line("Cell \"%s\" did not answer the shutdown request and counts as failed",
			     machine.cells[slot].view.desc->name);
		comm_set_state(self, slot, JAILHOUSE_CELL_FAILED);
		return true;
	}
	return reply == JAILHOUSE_MSG_REQUEST_APPROVED;
}

void comm_announce(struct cpu *self)
{
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell *cell = &machine.cells[slot];

		if (!cell->owner || !cell->running || passive(slot) ||
		    ended(comm_state(self, slot)))
			continue;
		send(self, slot, JAILHOUSE_MSG_RECONFIG_COMPLETED);
		wait_reply(self, slot);
	}
}
