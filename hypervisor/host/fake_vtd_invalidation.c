// SPDX-License-Identifier: GPL-2.0
/* Invalidation in a VT-d unit (6.5): by registers, one request at a time, and by the queue. */
#include <host/fake_vtd_parts.h>

static void drop_contexts(struct fake_vtd *unit)
{
	fake_forget_entries(&unit->caches);
	unit->contexts_old = false;
}

/* drains: bit 0 of writes, bit 1 of reads; CAP says which the unit can do (11.4.2: DWD, DRD). */
static void drop_pages(struct fake_vtd *unit, u64 drains)
{
	if ((drains & 3) != (unit->cap >> 54 & 3))
		fake_violation("vtd: IOTLB invalidated with drains %llu of %llu", drains & 3,
			       unit->cap >> 54 & 3);
	if (unit->contexts_old)
		fake_violation("vtd: IOTLB invalidated before the context cache");
	fake_forget_pages(&unit->caches);
	unit->pages_old = false;
}

void vtd_write_request(struct fake_vtd *unit, u64 *reg, u64 value, u64 allowed, u64 global)
{
	if (unit->gsts & QIE)
		fake_violation("vtd: invalidation register used beside the queue");
	if ((unit->ccmd | unit->iotlb) & ICC)
		fake_violation("vtd: invalidation requested during another");
	if (!(value & ICC) || (value & ~(ICC | allowed)) != global)
		fake_violation("vtd: invalidation request 0x%llx", value);
	*reg = value;
	unit->request_delay = fake_delay();
}

static void finish_request(struct fake_vtd *unit)
{
	if (!fake_due(&unit->request_delay))
		return;
	if (unit->ccmd & ICC)
		drop_contexts(unit);
	if (unit->iotlb & ICC)
		drop_pages(unit, unit->iotlb >> 48);
	unit->ccmd = unit->iotlb = 0;
}

static void execute_wait(struct fake_vtd *unit, u64 lo, u64 hi)
{
	if (lo != 0x15 || hi)
		fake_violation("vtd: wait descriptor 0x%llx 0x%llx", lo, hi);
	if (!(unit->iectl & TE))
		fake_violation("vtd: completion event unmasked");
	unit->ics |= 1;
}

static bool execute_descriptor(struct fake_vtd *unit)
{
	u64 lo = vtd_word(unit, (unit->iqa & ~0xfffULL) + unit->queue.head);
	u64 hi = vtd_word(unit, (unit->iqa & ~0xfffULL) + unit->queue.head + 8);

	if (lo == 0x11 && !hi)
		drop_contexts(unit);
	else if ((lo & ~0xc0ULL) == 0x12 && !hi)
		drop_pages(unit, lo >> 6);
	else if ((lo & 0xf) == 5)
		execute_wait(unit, lo, hi);
	else
		return false;
	return true;
}

static void run_queue(struct fake_vtd *unit)
{
	if (!(unit->gsts & QIE) || !fake_ring_due(&unit->queue))
		return;
	while (unit->queue.head != unit->queue.tail && !(unit->fsts & 0x10)) {
		bool refused = ++unit->commands == unit->illegal;

		if (refused || !execute_descriptor(unit)) {
			if (!refused)
				fake_violation("vtd: unknown descriptor at 0x%llx", unit->queue.head);
			unit->fsts |= 0x10;
			return;
		}
		fake_ring_next(&unit->queue);
	}
}

void vtd_write_tail(struct fake_vtd *unit, u64 value)
{
	fake_ring_write_tail("vtd", &unit->queue, value, unit->gsts & QIE);
}

void vtd_run_invalidation(struct fake_vtd *unit)
{
	finish_request(unit);
	run_queue(unit);
}
