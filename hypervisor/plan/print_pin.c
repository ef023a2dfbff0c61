// SPDX-License-Identifier: GPL-2.0
/* Bits of a pin_bitmap as the numbers that they stand for. */
#include <base/bits.h>
#include <plan/print.h>

#define PINS 128U	/* bits of a row */
#define RANGES 60U	/* characters of a line that ranges may take before the next one */

/* The first range of set bits from *first on; false: there are no more. */
static bool next_range(const struct plan_pin *row, unsigned *first, unsigned *last)
{
	while (*first < PINS && !bitmap_test(row->pins, *first))
		++*first;
	*last = *first;
	while (*last + 1 < PINS && bitmap_test(row->pins, *last + 1))
		++*last;
	return *first < PINS;
}

/* Says whose pins these are, and in which entry of the cell's config. */
static void emit(const struct printer *printer, const struct plan_pin *row, struct print_words *words)
{
	if (row->base == 0)
		PRINT_WORDS(words, " of %012llx", row->address);
	if (row->index == PLAN_NONE)
		PRINT_WORDS(words, " vpci_irq_base");
	else
		PRINT_WORDS(words, " irqchips[%u]", row->index);
	printer->emit(printer->context, words->text);
	words->used = 0;
}

/* IOAPICs count their pins from 0, a GIC's shared interrupts begin at 32. */
void print_pin(const struct printer *printer, const struct plan_pin *row)
{
	struct print_words words = { .used = 0 };
	unsigned first = 0, last;

	for (; next_range(row, &first, &last); first = last + 1) {
		if (words.used > RANGES)
			emit(printer, row, &words);
		if (words.used == 0)
			PRINT_WORDS(&words, row->base ? "  interrupts" : "  pins");
		PRINT_WORDS(&words, " %u", row->base + first);
		if (last > first)
			PRINT_WORDS(&words, "-%u", row->base + last);
	}
	if (words.used)
		emit(printer, row, &words);
}
