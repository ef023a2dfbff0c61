/* SPDX-License-Identifier: GPL-2.0 */
/* What those who print parts of a plan share. */
#ifndef PLAN_PRINT_H
#define PLAN_PRINT_H

#include <base/print.h>
#include <plan/plan.h>

#define PRINT_LINE 640U	/* an end of a link may have eleven peers with long names */

struct printer {
	const struct plan *plan;
	const struct config_set *set;	/* that the plan was built from */
	void (*emit)(void *context, const char *line);
	void *context;
};

/* A line that grows word by word. */
struct print_words {
	char text[PRINT_LINE];
	unsigned used;
};

#define PRINT_WORDS(words, ...) \
	((words)->used += print_to((words)->text + (words)->used, PRINT_LINE - (words)->used, __VA_ARGS__))

#define EMIT(printer, ...) do {					\
	struct print_words words = { .used = 0 };			\
									\
	PRINT_WORDS(&words, __VA_ARGS__);				\
	(printer)->emit((printer)->context, words.text);		\
} while (0)

/* One end of a shared-memory link: its memory, its interrupt, and who is at the other ends. */
void print_link(const struct printer *printer, const struct plan_device *row);
/* Interrupts of a GIC or pins of an IOAPIC, as ranges. */
void print_pin(const struct printer *printer, const struct plan_pin *row);

#endif
