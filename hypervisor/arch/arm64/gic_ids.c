/* SPDX-License-Identifier: GPL-2.0 */
/* The registers that distributor and redistributors have for each id, a word of ids at a time. */
#include <arch/arch.h>
#include <arch/arm64/gic_hw.h>

#define SETTLE_TURNS	0x20000

__attribute__((noinline)) void gic_write32(volatile u8 *base, u32 offset, u32 value)
{
	port_mmio_write32(base + offset, value);
}

/* Wait, bounded, until writes to these enables have arrived everywhere. */
static void settle(volatile u8 *registers)
{
	const bool dist = registers == gic.dist;
	const u32 pending = dist ? GICD_CTLR_RWP : GICR_CTLR_RWP;

	if (!dist)
		registers -= GICR_SGI_FRAME;
	for (u32 turn = 0; turn < SETTLE_TURNS && gic_read32(registers, 0) & pending; turn++)
		arch_relax();
}

/* At the default priority, level triggered; on a GICv2 from no sender. */
static void default_id(volatile u8 *registers, u32 id)
{
	u32 config = GICD_ICFGR_REG + id / 16 * 4;

	port_mmio_write8(registers + GICD_IPRIORITYR_REG + id, GIC_PRIORITY_DEFAULT);
	gic_write32(registers, config, gic_read32(registers, config) & ~(3U << id % 16 * 2));
	if (gic.v2 && id < 16)
		port_mmio_write8(registers + GICD_CPENDSGIR_REG + id, 0xff);
}

void gic_quieten(volatile u8 *registers, unsigned word, u32 bits)
{
	volatile u8 *at = registers + word * 4;

	if (!bits)
		return;
	gic_write32(at, GICD_ICENABLER_REG, bits);
	settle(registers);
	gic_write32(at, GICD_ICPENDR_REG, bits);
	gic_write32(at, GICD_ICACTIVER_REG, bits);
	if (gic.split)
		gic_write32(at, GICD_IGROUPR_REG, gic_read32(at, GICD_IGROUPR_REG) | bits);
	for (; bits; bits &= bits - 1)
		default_id(registers, word * 32 + (u32)__builtin_ctz(bits));
}

void gic_lower(volatile u8 *registers, unsigned word, u32 bits)
{
	for (; bits; bits &= bits - 1) {
		volatile u8 *priority = registers + GICD_IPRIORITYR_REG + word * 32 +
					(u32)__builtin_ctz(bits);

		if (port_mmio_read8(priority) < GIC_PRIORITY_GUEST)
			port_mmio_write8(priority, GIC_PRIORITY_GUEST);
	}
}

void gic_forward(const struct gic_view *view, bool on)
{
	volatile u8 *at = gic.dist + (on ? GICD_ISENABLER_REG : GICD_ICENABLER_REG);

	for (unsigned word = 1; word < GIC_WORDS; word++)
		gic_write32(at, word * 4, view->enabled[word]);
}
