// SPDX-License-Identifier: GPL-2.0
/* What a status means to code and in a log line; the sentences for users are in status_text.c. */
#include <base/print.h>
#include <base/status.h>

/* All rule names back to back, so that a row needs an offset of two bytes and no pointer. */
struct rule_names {
	char ok[sizeof("ok")];
#define STATUS_ROW(name, errno_value, rule, what, fix) char name[sizeof(rule)];
#include <base/status_rows.h>
#undef STATUS_ROW
};

static const struct rule_names rule_names = {
	.ok = "ok",
#define STATUS_ROW(name, errno_value, rule, what, fix) .name = rule,
#include <base/status_rows.h>
#undef STATUS_ROW
};

struct status_row {
	u16 rule;	/* offset in rule_names */
	u8 errno_value;
};

static const struct status_row rows[STATUS_COUNT] = {
	[OK] = { __builtin_offsetof(struct rule_names, ok), 0 },
#define STATUS_ROW(name, errno_value, rule, what, fix) \
	[name] = { __builtin_offsetof(struct rule_names, name), errno_value },
#include <base/status_rows.h>
#undef STATUS_ROW
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

static bool status_known(u32 why)
{
	return why < STATUS_COUNT;
}

int status_errno(enum status why)
{
	return status_known(why) ? -(int)rows[why].errno_value : -5;
}

const char *status_rule(enum status why)
{
	return status_known(why) ? (const char *)&rule_names + rows[why].rule : "unknown";
}

enum status refusal_fill(struct refusal *refusal, enum status why, const char *cell,
			 enum object object, u32 index, u64 a, u64 b)
{
	unsigned i;

	*refusal = (struct refusal){ .why = why, .object = object, .index = index, .a = a, .b = b };
	for (i = 0; i < sizeof(refusal->cell) - 1 && cell && cell[i]; i++)
		refusal->cell[i] = cell[i];
	return why;
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

unsigned refusal_print_short(const struct refusal *refusal, char *text, unsigned size)
{
	unsigned used = refusal_print_object(refusal, text, size);

	if (size == 0)
		return 0;
	return used + print_to(TEXT_REST(text, used, size), "%s%s (0x%llx, 0x%llx)",
			       used ? ": " : "", status_rule(refusal->why), refusal->a, refusal->b);
}
