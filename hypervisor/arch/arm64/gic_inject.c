/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Injection: EL2 acknowledges, drops the priority and puts the interrupt into a list register; the
 * guest's own end deactivates it (IHI 0069, 6.1; IHI 0048, 5.2). There is no queue: when the last
 * list register is taken the CPU's priority mask is closed, and what comes then waits in the
 * distributor until the maintenance interrupt tells that list registers are free. The kick and the
 * maintenance interrupt have priorities that no closed mask keeps out.
 */
#include <arch/arm64/gic_interface.h>

/*
 * No id may be in two list registers. An SGI that is in one is pending there, too; what comes from
 * hardware begins anew, as it only comes again when the guest has cleared its active state by hand.
 */
static bool merge(u64 list, u32 ack, u32 empty, bool sgi)
{
	const u32 mask = sgi ? ACK_MASK : ACK_ID(ACK_MASK);

	for (u32 used = gic.all_lists & ~empty; used; used &= used - 1) {
		unsigned n = (unsigned)__builtin_ctz(used);
		u64 old = gic_list_read(n);

		if ((old ^ ack) & mask)
			continue;
		gic_list_write(n, sgi ? old | gic.pending : list);
		return true;
	}
	return false;
}

static void pass_on(struct cpu *self, u32 ack)
{
	const bool sgi = ACK_ID(ack) < 16;
	u32 empty = gic_lists_free();
	u64 list = gic_list_make(ack, gic_running(), sgi);

	self->base.stat[STAT_VIRQ]++;
	gic_drop(ack, sgi);
	if (merge(list, ack, empty, sgi))
		return;
	gic_list_write((unsigned)__builtin_ctz(empty), list);
	if (!(empty & (empty - 1)))
		gic_close();
}

/*
 * With the last list register the mask is closed, so that one is free whenever a guest's id comes
 * here. One at a time: another one is seldom there, and comes back to EL2 at once.
 */
bool gic_inject(struct cpu *self)
{
	u32 ack = gic_acknowledge();

	if (ACK_ID(ack) >= GIC_LIMIT)
		return false;
	if (!(ACK_ID(ack) < GIC_FIRST_SPI && gic.reserved >> ACK_ID(ack) & 1)) {
		pass_on(self, ack);
	} else {
		gic_own(self, ACK_ID(ack));
		gic_drop(ack, true);
	}
	isb();
	return true;
}
