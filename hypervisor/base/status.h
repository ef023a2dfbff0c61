/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Why something was refused. One enumerator per reason; the sentence a user reads is made from the
 * row of the same name in status_rows.h (object, rule, both values, fix).
 */
#ifndef BASE_STATUS_H
#define BASE_STATUS_H

#include <jailhouse/types.h>

enum status {
	OK = 0,
#define STATUS_ROW(name, errno_value, rule, what, fix) name,
#include <base/status_rows.h>
#undef STATUS_ROW
	STATUS_COUNT
};

/* Which array of a config an object lives in. */
enum object {
	OBJECT_NONE,
	OBJECT_SYSTEM,
	OBJECT_CELL,
	OBJECT_CPU,
	OBJECT_MEMORY,
	OBJECT_CACHE,
	OBJECT_IRQCHIP,
	OBJECT_PIO,
	OBJECT_PCI_DEVICE,
	OBJECT_PCI_CAP,
	OBJECT_STREAM_ID,
	OBJECT_IOMMU,
	OBJECT_CONSOLE,
	OBJECT_EXTENSION,
	OBJECT_VIRTUAL_LINES,	/* vpci_irq_base */
	OBJECT_COUNT
};

/* A refusal as data: filled where the rule fails, turned into a sentence where a user reads. */
struct refusal {
	u32 why;	/* enum status; OK: nothing was refused */
	u32 object;	/* enum object */
	u32 index;	/* index into that array of the cell's config */
	u32 pad;
	u64 a, b;	/* the two values the row's text names {a} and {b} */
	char cell[32];	/* name of the cell (or system) config, NUL terminated */
};

#define MUST_USE __attribute__((warn_unused_result))

/* Negative Linux errno of a status, 0 for OK. */
int status_errno(enum status why);
/* Short kebab-case name of the violated rule, e.g. "region-aligned"; in driver and tools only. */
const char *status_rule(enum status why);

/* Describe a refusal; cell may be a name without NUL in 31 bytes. Returns why. */
enum status refusal_fill(struct refusal *refusal, enum status why, const char *cell,
			 enum object object, u32 index, u64 a, u64 b);

/*
 * In driver and tools only. Text is always NUL terminated; all return its length: the whole sentence
 * with values, rule and fix, and where the fault is, as in cell "rt0", mem_regions[3].
 */
unsigned refusal_print(const struct refusal *refusal, char *text, unsigned size);
/*
 * The same where the names of the cells are known, by slot: one that a value of the refusal stands for is
 * called by its name. A name ends at 31 bytes without a NUL; NULL: only the slot is known.
 */
#define REFUSAL_CELLS 16
unsigned refusal_print_named(const struct refusal *refusal, const char *const names[REFUSAL_CELLS],
			     char *text, unsigned size);
unsigned refusal_print_object(const struct refusal *refusal, char *text, unsigned size);

#endif
