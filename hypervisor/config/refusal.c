// SPDX-License-Identifier: GPL-2.0
/* The sentence of a broken rule where the whole set is at hand; in driver and tools only. */
#include <config/config.h>

_Static_assert(REFUSAL_CELLS == CONFIG_MAX_CELLS, "a name for each slot");

static bool is_named(const struct cell_view *cell, const char *name)
{
	unsigned i = 0;

	while (i < JAILHOUSE_CELL_NAME_MAXLEN && name[i] && cell->desc->name[i] == name[i])
		i++;
	return i == JAILHOUSE_CELL_NAME_MAXLEN || cell->desc->name[i] == name[i];
}

/* Behind the irqchips of a cell stand the lines of its virtual PCI host, as config_chip counts. */
static bool is_behind(const struct cell_view *cell, const struct refusal *refusal)
{
	return refusal->object == OBJECT_IRQCHIP && refusal->index >= cell->desc->num_irqchips;
}

unsigned config_refusal_print(const struct config_set *set, const struct refusal *refusal, char *text,
			      unsigned size)
{
	const char *names[REFUSAL_CELLS] = { NULL };
	struct refusal shown = *refusal;

	for (unsigned slot = 0; slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell_view *cell = config_cell(set, slot);

		if (!cell)
			continue;
		names[slot] = cell->desc->name;
		if (is_named(cell, refusal->cell) && is_behind(cell, refusal))
			shown.object = OBJECT_VIRTUAL_LINES;
	}
	return refusal_print_named(&shown, names, text, size);
}
