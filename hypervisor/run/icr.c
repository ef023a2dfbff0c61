// SPDX-License-Identifier: GPL-2.0
/*
 * Decisions about inter-processor interrupts (AMD64 manual volume 2, 16.5 and 16.11; Intel SDM volume 3,
 * 11.6). Shorthands and logical destinations never reach the hardware: they would leave the cell.
 */
#include <base/bits.h>
#include <run/icr.h>

#define ICR_VECTOR MASK(7, 0)
#define ICR_DELIVERY MASK(10, 8)
#define ICR_LOGICAL BIT(11)
#define ICR_ASSERT BIT(14)
#define ICR_LEVEL BIT(15)
#define ICR_SHORTHAND MASK(19, 18)
#define ICR_RESERVED (MASK(31, 20) | MASK(17, 16) | BIT(13))

#define ALL_CPUS_XAPIC 0xffU
#define ALL_CPUS_X2APIC 0xffffffffU

enum delivery {
	DELIVER_FIXED,
	DELIVER_LOWEST,
	DELIVER_SMI,
	DELIVER_READ,
	DELIVER_NMI,
	DELIVER_INIT,
	DELIVER_STARTUP,
	DELIVER_EXTINT,
};

enum shorthand {
	TO_DESTINATION,
	TO_SELF,
	TO_ALL,
	TO_OTHERS,
};

/* What each delivery mode may do. An empty row is a violation. */
static const struct {
	bool allowed;
	bool any_shorthand;	/* self and all, not only all but self */
	bool other_only;	/* the sender may not be a target */
	u8 kind;
} deliveries[8] = {
	[DELIVER_FIXED] = { .allowed = true, .any_shorthand = true, .kind = ICR_IPI },
	[DELIVER_LOWEST] = { .allowed = true, .kind = ICR_IPI },
	[DELIVER_NMI] = { .allowed = true, .kind = ICR_NMI },
	[DELIVER_INIT] = { .allowed = true, .other_only = true, .kind = ICR_INIT },
	[DELIVER_STARTUP] = { .allowed = true, .other_only = true, .kind = ICR_SIPI },
};

static bool match_logical(enum apic_mode mode, u32 logical, u32 destination)
{
	switch (mode) {
	case APIC_FLAT:
		return (logical & destination & 0xff) != 0;
	case APIC_CLUSTER:
		if ((destination & 0xf0) != 0xf0 && (destination & 0xf0) != (logical & 0xf0))
			return false;
		return (logical & destination & 0xf) != 0;
	case APIC_X2APIC:
		return logical >> 16 == destination >> 16 && (logical & destination & 0xffff) != 0;
	}
	return false;
}

bool apic_match(enum apic_mode mode, const struct apic_cpu *cpu, u32 destination, bool logical)
{
	if (destination == (mode == APIC_X2APIC ? ALL_CPUS_X2APIC : ALL_CPUS_XAPIC) &&
	    (!logical || mode == APIC_X2APIC))
		return true;
	if (logical)
		return match_logical(mode, cpu->logical, destination);
	return cpu->apic_id == destination;
}

static bool is_target(const struct icr_decision *decision, const struct apic_cell *cell, u32 i)
{
	switch (decision->shorthand) {
	case TO_SELF:
		return i == decision->sender;
	case TO_ALL:
		return true;
	case TO_OTHERS:
		return i != decision->sender;
	}
	return apic_match(cell->mode, &cell->cpus[i], decision->destination, decision->logical);
}

static u32 find_target(const struct icr_decision *decision, const struct apic_cell *cell, u32 i)
{
	while (i < cell->count && !is_target(decision, cell, i))
		i++;
	return i < cell->count ? i : ICR_NO_TARGET;
}

u32 icr_next(const struct icr_decision *decision, const struct apic_cell *cell, u32 from)
{
	if (decision->shorthand == TO_SELF)
		return from <= decision->sender ? decision->sender : ICR_NO_TARGET;
	if (decision->single && from > find_target(decision, cell, 0))
		return ICR_NO_TARGET;
	return find_target(decision, cell, from);
}

static void refuse(struct icr_decision *decision, enum icr_kind kind, enum status status)
{
	decision->kind = kind;
	decision->status = status;
}

/* Without a target: an empty "all but self" is harmless, a destination outside the cell is not. */
static void check_targets(struct icr_decision *decision, const struct apic_cell *cell, bool other_only)
{
	u32 first = icr_next(decision, cell, 0);

	if (first == ICR_NO_TARGET && decision->shorthand == TO_OTHERS)
		decision->kind = ICR_NOTHING;
	else if (first == ICR_NO_TARGET)
		refuse(decision, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	else if (decision->kind == ICR_NMI && !cell->root)
		refuse(decision, ICR_DROPPED, STATUS_ICR_NMI);
	else if (other_only && is_target(decision, cell, decision->sender))
		refuse(decision, ICR_VIOLATION, STATUS_ICR_SELF);
}

struct icr_decision icr_decide(const struct apic_cell *cell, u32 sender, struct icr_write write)
{
	enum delivery delivery = (enum delivery)field_get(ICR_DELIVERY, write.low);
	bool deassert = (write.low & (ICR_LEVEL | ICR_ASSERT)) == ICR_LEVEL;
	struct icr_decision decision = {
		.kind = deliveries[delivery].kind,
		.vector = (u8)(write.low & ICR_VECTOR),
		.low = (u32)((write.low & ICR_VECTOR) | ICR_ASSERT),
		.shorthand = (u8)field_get(ICR_SHORTHAND, write.low),
		.logical = write.low & ICR_LOGICAL,
		.single = delivery == DELIVER_LOWEST,
		.destination = write.destination,
		.sender = sender,
	};

	if (write.low & ICR_RESERVED)
		refuse(&decision, ICR_VIOLATION, STATUS_ICR_RESERVED);
	else if (!deliveries[delivery].allowed)
		refuse(&decision, ICR_VIOLATION, STATUS_ICR_DELIVERY);
	else if (delivery == DELIVER_INIT && deassert)
		decision.kind = ICR_NOTHING;
	else if ((decision.shorthand == TO_SELF || decision.shorthand == TO_ALL) &&
		 !deliveries[delivery].any_shorthand)
		refuse(&decision, ICR_VIOLATION, STATUS_ICR_SHORTHAND);
	else
		check_targets(&decision, cell, deliveries[delivery].other_only);
	return decision;
}

struct icr_decision icr_decide_self(const struct apic_cell *cell, u32 sender, u32 value)
{
	struct icr_write write = { .low = value | (u32)field_set(ICR_SHORTHAND, TO_SELF) };

	if (value & ~(u32)ICR_VECTOR)
		write.low = (u32)ICR_RESERVED;
	return icr_decide(cell, sender, write);
}
