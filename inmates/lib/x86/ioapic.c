// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The IOAPIC at its usual address. */
#include <inmate.h>

#define IOAPIC_BASE	((void *)0xfec00000)
#define IOAPIC_SELECT	(IOAPIC_BASE + 0x00)
#define IOAPIC_DATA	(IOAPIC_BASE + 0x10)
#define IOAPIC_ENTRY	0x10

void ioapic_init(void)
{
	map_range(IOAPIC_BASE, PAGE_SIZE, MAP_UNCACHED);
}

void ioapic_pin_set_vector(unsigned int pin, enum ioapic_trigger_mode trigger_mode,
			   unsigned int vector)
{
	mmio_write32(IOAPIC_SELECT, IOAPIC_ENTRY + pin * 2 + 1);
	mmio_write32(IOAPIC_DATA, cpu_id() << 24);
	mmio_write32(IOAPIC_SELECT, IOAPIC_ENTRY + pin * 2);
	mmio_write32(IOAPIC_DATA, (u32)trigger_mode | vector);
}
