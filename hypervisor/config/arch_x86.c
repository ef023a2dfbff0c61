// SPDX-License-Identifier: GPL-2.0
/* The PC: its own rules and windows. */
#include <base/addr.h>
#include <config/rules.h>

/* The local APIC's page, and behind it what devices write to when they raise an interrupt. */
#define LAPIC_FIRST 0xfee00000ULL
#define LAPIC_BYTES 0x100000ULL

/* The local APIC, then the root cell's IOAPICs. */
static bool window(const struct system_view *system, unsigned n, struct config_window *window,
		   u64 *start, u64 *size)
{
	*window = (struct config_window){ .kind = WINDOW_LAPIC };
	*start = LAPIC_FIRST;
	*size = LAPIC_BYTES;
	if (n == 0)
		return true;
	if (n > system->root.desc->num_irqchips)
		return false;
	*window = (struct config_window){ .kind = WINDOW_IOAPIC, .index = n - 1 };
	*start = system->root.irqchips[n - 1].address;
	*size = PAGE_SIZE;
	return true;
}

static const struct rule first[] = {
	{ rule_no_frames, RULE_SYSTEM, OBJECT_EXTENSION },
	{ rule_x86_platform, RULE_SYSTEM, OBJECT_SYSTEM },
	{ rule_no_streams, RULE_CELL, OBJECT_STREAM_ID },
	{ rule_caches, RULE_CELL, OBJECT_CACHE },
	{ rule_irqchip_shape, RULE_CELL, OBJECT_IRQCHIP },
};

static const struct rule last[] = {
	{ rule_irqchip_of_root, RULE_CELL, OBJECT_IRQCHIP },
	{ rule_pin_one_owner, RULE_PEERS, OBJECT_IRQCHIP },
	{ rule_pio_shape, RULE_CELL, OBJECT_PIO },
	{ rule_pio_one_owner, RULE_PEERS, OBJECT_PIO },
	{ rule_irq_isolated, RULE_CELL, OBJECT_CELL },
};

const struct config_arch config_x86 = {
	.first = first, .num_first = RULES(first),
	.last = last, .num_last = RULES(last),
	.window = window,
	.architecture = JAILHOUSE_X86,
	.phys_bits = 52,
	.reset_last = 0xffffffff,	/* a segment base and a 16-bit instruction pointer */
	.iommu_types = 1U << JAILHOUSE_IOMMU_AMD | 1U << JAILHOUSE_IOMMU_INTEL,
	.console_types = 1U << JAILHOUSE_CON_TYPE_NONE | 1U << JAILHOUSE_CON_TYPE_EFIFB |
			 1U << JAILHOUSE_CON_TYPE_8250,
	.unprotected = JAILHOUSE_UNPROTECTED_ALL & ~JAILHOUSE_UNPROTECTED_DELIVERY,
	.ports = true,
	.misaligned_devices = true,
	.boot_cpu_stays = true,		/* Linux cannot put CPU 0 offline */
};
