// SPDX-License-Identifier: GPL-2.0
/* Where the GIC's frames are, and that they are where such frames can be. */
#include <base/bits.h>
#include <config/gic.h>
#include <config/rules.h>

#define PPI_FIRST 16
#define FRAME_V3 0x10000U
/* Of one CPU: two frames of 64 KiB, with GICv4 two more, for virtual interrupts. */
#define REDISTRIBUTOR(version) (0x20000ULL << ((version) == 4))

/* The five addresses as they lie in the header, and the place of each frame's among them. */
struct bases {
	u64 of[GIC_FRAMES];
} __attribute__((packed));

#define GICD_BASE __builtin_offsetof(struct jailhouse_system, platform_info.arm.gicd_base)
#define PLACE(member) \
	((__builtin_offsetof(struct jailhouse_system, platform_info.arm.member) - GICD_BASE) / 8)

static const u8 places[GIC_FRAMES] = {
	[GIC_DISTRIBUTOR] = 0, [GIC_REDISTRIBUTORS] = PLACE(gicr_base), [GIC_CPU] = PLACE(gicc_base),
	[GIC_HYPERVISOR] = PLACE(gich_base), [GIC_VIRTUAL] = PLACE(gicv_base),
};

u64 gic_base(const struct jailhouse_system *header, unsigned frame)
{
	return ((const struct bases *)((const u8 *)header + GICD_BASE))->of[places[frame]];
}

u64 gic_size(const struct system_view *system, unsigned frame)
{
	const unsigned version = system->header->platform_info.arm.gic_version;

	if (frame == GIC_REDISTRIBUTORS)
		return config_cpus(&system->root) * REDISTRIBUTOR(version);
	if (frame == GIC_DISTRIBUTOR)
		return version > 2 ? FRAME_V3 : 0x1000;
	/* Two pages each; the second one of GICH gives a view of every CPU's registers. */
	return 0x2000;
}

static enum status check_frame(const struct rule_context *context, unsigned frame)
{
	const unsigned version = context->system->header->platform_info.arm.gic_version;
	const u64 base = gic_base(context->system->header, frame);
	const u64 align = version > 2 && frame <= GIC_REDISTRIBUTORS ? FRAME_V3 : 0x1000;

	if (base == 0 ? !gic_needs(frame, version) :
	    is_aligned(base, align) &&
	    base <= rule_phys_limit(context) - gic_size(context->system, frame))
		return OK;
	return rule_refuse(context, STATUS_GIC_BASE, base, frame);
}

enum status rule_gic(const struct rule_context *context)
{
	const u32 version = context->system->header->platform_info.arm.gic_version;
	const u32 maintenance = context->system->header->platform_info.arm.maintenance_irq;
	enum status status = OK;

	if (version < 2 || version > 4)
		return rule_refuse(context, STATUS_GIC_VERSION, version, 0);
	if (maintenance < PPI_FIRST || maintenance >= GIC_SPI_FIRST)
		return rule_refuse(context, STATUS_GIC_MAINTENANCE, maintenance, 0);
	for (unsigned frame = 0; frame < GIC_FRAMES && status == OK; frame++)
		status = check_frame(context, frame);
	return status;
}
