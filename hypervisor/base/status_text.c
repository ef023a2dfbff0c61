// SPDX-License-Identifier: GPL-2.0
/*
 * The sentence a user reads for a refusal: object, what is wrong with both values, rule, fix. Apart
 * from status.c, so that the image carries none of these texts: driver and tools print them.
 */
#include <base/print.h>
#include <base/status.h>

struct status_text {
	const char *what, *fix;
};

static const struct status_text texts[STATUS_COUNT] = {
	[OK] = { "nothing is wrong", "nothing to do" },
#define STATUS_ROW(name, errno_value, rule, what, fix) [name] = { what, fix },
#include <base/status_rows.h>
#undef STATUS_ROW
};

static const struct status_text unknown = {
	"reason {A} is not known here", "use driver and tool of the same build as the hypervisor"
};

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
		text->used +=
			print_to(text->to + text->used, text->size - text->used, "%c", *from++);
	}
}

unsigned refusal_print(const struct refusal *refusal, char *to, unsigned size)
{
	const bool known = refusal->why < STATUS_COUNT;
	const struct status_text *row = known ? &texts[refusal->why] : &unknown;
	const u64 a = known ? refusal->a : refusal->why;
	struct text text = { .to = to, .size = size };

	if (size == 0)
		return 0;
	text.used = refusal_print_object(refusal, to, size);
	if (text.used)
		put_all(&text, ": ", 0, 0);
	put_all(&text, row->what, a, refusal->b);
	text.used += print_to(to + text.used, size - text.used, " [rule %s]. Fix: ",
			      status_rule(refusal->why));
	put_all(&text, row->fix, a, refusal->b);
	put_all(&text, ".", 0, 0);
	return text.used;
}
