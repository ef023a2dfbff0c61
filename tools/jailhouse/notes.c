// SPDX-License-Identifier: GPL-2.0
/* Which notes there are, and how one is said. */
#include <stdarg.h>
#include <string.h>

#include "notes.h"

static const struct {
	const char *name;
	void (*look)(struct notes *notes);
} kinds[] = {
	{ "dma-reaches-memory", note_dma_reaches_memory },
	{ "subpage-has-width", note_subpage_has_width },
	{ "reset-executable", note_reset_executable },
	{ "comm-region-listed", note_comm_region_listed },
	{ "link-has-peer", note_link_has_peer },
	{ "vpci-irq-chosen", note_vpci_irq_chosen },
};

void note_say(struct notes *notes, enum object object, u32 index, const char *fix, const char *what, ...)
{
	struct refusal place;
	char text[128];
	va_list values;

	refusal_fill(&place, OK, notes->cell->desc->name, object, index, 0, 0);
	refusal_print_object(&place, text, sizeof(text));
	fprintf(notes->out, "Note: %s: ", text);
	va_start(values, what);
	vfprintf(notes->out, what, values);
	va_end(values);
	fprintf(notes->out, " [note %s]. Fix: %s.\n", notes->name, fix);
	notes->count++;
}

unsigned notes_print(const struct config_set *set, FILE *out)
{
	struct notes notes = { .set = set, .out = out };

	for (notes.slot = 0; notes.slot < CONFIG_MAX_CELLS; notes.slot++) {
		notes.cell = config_cell(set, notes.slot);
		for (unsigned i = 0; notes.cell && i < ARRAY_SIZE(kinds); i++) {
			notes.name = kinds[i].name;
			kinds[i].look(&notes);
		}
	}
	return notes.count;
}
