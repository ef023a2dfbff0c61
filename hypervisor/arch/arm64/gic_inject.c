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
 * No id may be in two list registers (IHI 0048, 5.3.8). An SGI that is in one is pending there, too, or on a
 * GICv2 waits until that of the other sender has been ended; what comes from hardware begins anew, as it
 * only comes again when the guest has cleared its active state by hand.
 */
static bool merge(struct cpu *self, u64 list, u32 ack, u32 empty)
{
	for (u32 used = gic.all_lists & ~empty; used; used &= used - 1) {
		unsigned n = (unsigned)__builtin_ctz(used);
		u64 old = gic_list_read(n);

		if (ACK_ID(old ^ ack))
			continue;
		if (ACK_ID(ack) < 16) {
			list = old | gic.pending;
			if (gic.v2 && ACK_SENDER(old ^ ack)) {
				list = old | V2_LR_EOI;
				self->gic.senders[ACK_ID(ack)] |= (u8)(1U << ACK_SENDER(ack));
			}
		}
		gic_list_write(n, list);
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
	if (merge(self, list, ack, empty))
		return;
	gic_list_write((unsigned)__builtin_ctz(empty), list);
	if (!(empty & (empty - 1)))
		gic_close();
}

/* An SGI that another CPU has sent, too, has been ended: that of the next one is pending now. */
static void next_sender(struct cpu *self, unsigned n)
{
	u64 list = gic_list_read(n);
	u8 *senders = &self->gic.senders[ACK_ID(list) & 15];
	u32 sender = (u32)__builtin_ctz(*senders | 0x100U);

	*senders &= (u8)(*senders - 1);
	list = (list & ~(u64)(V2_LR_EOI | ACK_SENDER_MASK)) | gic.pending | sender << ACK_SENDER_SHIFT;
	gic_list_write(n, *senders ? list | V2_LR_EOI : list);
}

void gic_next_senders(struct cpu *self)
{
	u32 ended = gic_read32(gic.lists, GICH_EISR_REG) & gic.all_lists;

	for (; ended; ended &= ended - 1)
		next_sender(self, (unsigned)__builtin_ctz(ended));
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
		gic_own(self);
		gic_drop(ack, true);
	}
	isb();
	return true;
}
