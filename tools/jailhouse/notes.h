/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Notes about configs: they obey every rule, so they are accepted, and yet cannot do what their author
 * means. A note is no rule, because blobs must be accepted as they are.
 */
#ifndef TOOLS_NOTES_H
#define TOOLS_NOTES_H

#include <stdio.h>

#include <config/config.h>

/*
 * Prints what there is to say about a set that has passed config_check, a line for each note; returns
 * how many these are.
 */
unsigned notes_print(const struct config_set *set, FILE *out);

/* What the look of one note gets to see: it is asked for each cell, root included. */
struct notes {
	const struct config_set *set;
	const struct cell_view *cell;
	unsigned slot;
	const char *name;	/* of the note that is asked */
	FILE *out;
	unsigned count;		/* said so far */
};

/* Says what is strange about an object of the cell, and behind "Fix: " what to do. */
__attribute__((format(printf, 5, 6)))
void note_say(struct notes *notes, enum object object, u32 index, const char *fix, const char *what, ...);

/* One for each note; Documentation/cli.md lists them. */
void note_dma_reaches_memory(struct notes *notes);
void note_subpage_has_width(struct notes *notes);
void note_reset_executable(struct notes *notes);
void note_comm_region_listed(struct notes *notes);
void note_link_has_peer(struct notes *notes);
void note_vpci_irq_chosen(struct notes *notes);

#endif
