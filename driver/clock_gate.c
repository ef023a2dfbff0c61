// SPDX-License-Identifier: GPL-2.0
/*
 * A UART that Linux does not use has no clock on many boards. The hypervisor prints from its first line on
 * and knows no clocks, so it is started before.
 */
#include <linux/bits.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>

#include "clock_gate.h"
#include "refusal.h"

int clock_gate_open(const struct jailhouse_console *console)
{
	void __iomem *gate;
	u32 value;

	if (!console->clock_reg)
		return 0;
	if (region_intersects(console->clock_reg, sizeof(value), IORESOURCE_SYSTEM_RAM,
			      IORES_DESC_NONE) != REGION_DISJOINT)
		return refuse(-EINVAL, "debug_console: clock_reg 0x%llx is RAM of Linux, not a register; mend the system config",
			      console->clock_reg);
	gate = ioremap(console->clock_reg, sizeof(value));
	if (!gate)
		return refuse(-EINVAL, "debug_console: clock_reg 0x%llx: Linux cannot map it; mend the system config",
			      console->clock_reg);
	value = readl(gate);
	if (CON_HAS_INVERTED_GATE(console->flags))
		value &= ~BIT(console->gate_nr);
	else
		value |= BIT(console->gate_nr);
	writel(value, gate);
	iounmap(gate);
	return 0;
}
