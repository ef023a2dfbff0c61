/* SPDX-License-Identifier: GPL-2.0 */
/* The machine's windows that no cell may reach itself. */
#ifndef CONFIG_WINDOWS_H
#define CONFIG_WINDOWS_H

#include <base/range.h>
#include <config/config.h>

enum config_window_kind {
	WINDOW_HYPERVISOR, WINDOW_ECAM, WINDOW_UNIT,
	WINDOW_LAPIC,		/* and where devices write to when they raise an interrupt */
	WINDOW_IOAPIC,		/* index: irqchips of root */
	WINDOW_GICD, WINDOW_GICR, WINDOW_GICC, WINDOW_GICH, WINDOW_GICV,
};

struct config_window {
	struct range range;	/* whole pages in a checked config */
	u8 kind;		/* enum config_window_kind */
	bool root_guest_only;	/* guest addresses of non-root cells may be equal */
	u32 index;		/* of the unit or irqchip */
};

/* The first of the system's windows from *next on, and *next behind it; false: no more. */
bool config_next_window(const struct system_view *system, unsigned *next,
			struct config_window *window);

#endif
