// SPDX-License-Identifier: GPL-2.0
/*
 * The sentence a user reads for a refusal: object, what is wrong with both values, rule, fix. Apart
 * from status.c, so that the image carries none of these texts: driver and tools print them.
 */
#include <base/print.h>
#include <base/status.h>

struct status_text {
	const char *rule, *what, *fix;
};

static const struct status_text texts[STATUS_COUNT] = {
	[OK] = { "ok", "nothing is wrong", "nothing to do" },
#define STATUS_ROW(name, errno_value, rule, what, fix) [name] = { rule, what, fix },
#include <base/status_rows.h>
#undef STATUS_ROW
};

static const struct status_text unknown = {
	"unknown", "reason {A} is not known here", "use driver and tool of the same build as the hypervisor"
};

static const char *const arrays[OBJECT_COUNT] = {
	[OBJECT_CPU] = "cpus",
	[OBJECT_MEMORY] = "mem_regions",
	[OBJECT_CACHE] = "cache_regions",
	[OBJECT_IRQCHIP] = "irqchips",
	[OBJECT_PIO] = "pio_regions",
	[OBJECT_PCI_DEVICE] = "pci_devices",
	[OBJECT_PCI_CAP] = "pci_caps",
	[OBJECT_STREAM_ID] = "stream_ids",
	[OBJECT_IOMMU] = "iommu_units",
};

/* What is there once in a config. */
static const char *const places[OBJECT_COUNT] = {
	[OBJECT_CONSOLE] = "console",
	[OBJECT_SYSTEM] = "system header",
	[OBJECT_EXTENSION] = "extension block",
	[OBJECT_VIRTUAL_LINES] = "vpci_irq_base",
};

static const struct status_text *text_of(u32 why)
{
	return why < STATUS_COUNT ? &texts[why] : &unknown;
}

const char *status_rule(enum status why)
{
	return text_of((u32)why)->rule;
}

/* Room for what follows after used characters of text; never less than the NUL's byte. */
#define TEXT_REST(text, used, size) (text) + (used), (size) - (used)

unsigned refusal_print_object(const struct refusal *refusal, char *text, unsigned size)
{
	unsigned used = 0;

	if (size == 0)
		return 0;
	text[0] = 0;
	if (refusal->cell[0])
		used += print_to(TEXT_REST(text, used, size), "cell \"%s\"", refusal->cell);
	else if (refusal->object != OBJECT_NONE)
		used += print_to(TEXT_REST(text, used, size), "config");
	if (refusal->object < OBJECT_COUNT && places[refusal->object])
		used += print_to(TEXT_REST(text, used, size), ", %s", places[refusal->object]);
	if (refusal->object < OBJECT_COUNT && arrays[refusal->object])
		used += print_to(TEXT_REST(text, used, size), ", %s[%u]", arrays[refusal->object],
				 refusal->index);
	return used;
}

struct text {
	char *to;
	unsigned used, size;
	u64 a, b;
	const char *const *names;	/* NULL: only slots are known */
};

#define PUT(text, ...) \
	((text)->used += print_to(TEXT_REST((text)->to, (text)->used, (text)->size), __VA_ARGS__))

/* The characters of word, if text starts with it; else 0. */
static unsigned starts(const char *text, const char *word)
{
	unsigned i = 0;

	while (word[i] && text[i] == word[i])
		i++;
	return word[i] ? 0 : i;
}

static void put_cell(struct text *text, u64 slot)
{
	const char *from = text->names && slot < REFUSAL_CELLS ? text->names[slot] : NULL;
	char name[sizeof(((struct refusal *)0)->cell)] = { 0 };

	if (!from) {
		PUT(text, "the cell in slot %llu", slot);
		return;
	}
	for (unsigned i = 0; i < sizeof(name) - 1 && from[i]; i++)
		name[i] = from[i];
	PUT(text, "cell \"%s\"", name);
}

/* Append the value that stands at this place; returns how many characters say so, 0: at is no such place. */
static unsigned put_value(struct text *text, const char *at)
{
	const bool first = at[1] == 'a' || at[1] == 'A' || starts(at, "{cell A}");
	const u64 value = first ? text->a : text->b;

	if (starts(at, "{a}") || starts(at, "{b}"))
		PUT(text, "0x%llx", value);
	else if (starts(at, "{A}") || starts(at, "{B}"))
		PUT(text, "%llu", value);
	else if (starts(at, "{cell A}") || starts(at, "{cell B}"))
		put_cell(text, value);
	else
		return 0;
	return at[1] == 'c' ? 8 : 3;
}

static void put_all(struct text *text, const char *from)
{
	while (*from) {
		const unsigned length = put_value(text, from);

		if (length == 0)
			PUT(text, "%s", ((char[2]){ *from }));
		from += length ? length : 1;
	}
}

unsigned refusal_print_named(const struct refusal *refusal, const char *const names[REFUSAL_CELLS],
			     char *to, unsigned size)
{
	const struct status_text *row = text_of(refusal->why);
	struct text text = {
		.to = to, .size = size, .names = names,
		.a = row != &unknown ? refusal->a : refusal->why, .b = refusal->b,
	};

	if (size == 0)
		return 0;
	text.used = refusal_print_object(refusal, to, size);
	if (text.used)
		put_all(&text, ": ");
	put_all(&text, row->what);
	PUT(&text, " [rule %s]. Fix: ", row->rule);
	put_all(&text, row->fix);
	put_all(&text, ".");
	return text.used;
}

unsigned refusal_print(const struct refusal *refusal, char *text, unsigned size)
{
	return refusal_print_named(refusal, NULL, text, size);
}
