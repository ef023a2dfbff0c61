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
	if (refusal->object == OBJECT_CONSOLE)
		used += print_to(TEXT_REST(text, used, size), ", console");
	if (refusal->object == OBJECT_SYSTEM)
		used += print_to(TEXT_REST(text, used, size), ", system header");
	if (refusal->object == OBJECT_EXTENSION)
		used += print_to(TEXT_REST(text, used, size), ", extension block");
	if (refusal->object < OBJECT_COUNT && arrays[refusal->object])
		used += print_to(TEXT_REST(text, used, size), ", %s[%u]", arrays[refusal->object],
				 refusal->index);
	return used;
}

struct text {
	char *to;
	unsigned used, size;
};

/* Append the value of {a}, {b} (hex) or {A}, {B} (decimal); false: at is no such place. */
static bool put_value(struct text *text, const char *at, u64 a, u64 b)
{
	bool decimal = at[1] == 'A' || at[1] == 'B';
	bool first = at[1] == 'a' || at[1] == 'A';

	if (at[0] != '{' || !at[1] || at[2] != '}' || (!decimal && at[1] != 'a' && at[1] != 'b'))
		return false;
	text->used += print_to(text->to + text->used, text->size - text->used,
			       decimal ? "%llu" : "0x%llx", first ? a : b);
	return true;
}

static void put_all(struct text *text, const char *from, u64 a, u64 b)
{
	while (*from) {
		if (put_value(text, from, a, b)) {
			from += 3;
			continue;
		}
		text->used += print_to(text->to + text->used, text->size - text->used, "%s",
				       (char[2]){ *from++ });
	}
}

unsigned refusal_print(const struct refusal *refusal, char *to, unsigned size)
{
	const struct status_text *row = text_of(refusal->why);
	const u64 a = row != &unknown ? refusal->a : refusal->why;
	struct text text = { .to = to, .size = size };

	if (size == 0)
		return 0;
	text.used = refusal_print_object(refusal, to, size);
	if (text.used)
		put_all(&text, ": ", 0, 0);
	put_all(&text, row->what, a, refusal->b);
	text.used += print_to(to + text.used, size - text.used, " [rule %s]. Fix: ",
			      row->rule);
	put_all(&text, row->fix, a, refusal->b);
	put_all(&text, ".", 0, 0);
	return text.used;
}
