/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/machine.h>
#include <base/string.h>
#include <boot/console.h>
#include <boot/report.h>

_Static_assert(sizeof(struct refusal) == sizeof(((struct cellblock_report *)0)->refusal),
	       "the report page holds a struct refusal");

extern char report_page[];

static struct cellblock_report *report(void)
{
	return (struct cellblock_report *)report_page;
}

s32 report_refusal(const struct refusal *refusal)
{
	/* CPUs that stay together refuse together, and for the same reason. */
	__atomic_fetch_add(&report()->refusal_sequence, 1, __ATOMIC_SEQ_CST);
	memcpy(report()->refusal, refusal, sizeof(*refusal));
	__atomic_fetch_add(&report()->refusal_sequence, 1, __ATOMIC_SEQ_CST);
	/* Whoever reads the page has the words for it. */
	console_line("Refused: reason %u, \"%s\" object %u[%u], %llx, %llx; see root's kernel log",
		     refusal->why, refusal->cell, refusal->object, refusal->index, refusal->a,
		     refusal->b);
	return status_errno(refusal->why);
}

/* The oldest half goes when the ring is full, so readers see whole recent lines. */
static void make_room(struct cellblock_report *page, unsigned length)
{
	u32 half = sizeof(page->denials) / 2;

	if (page->denials_length > sizeof(page->denials))
		page->denials_length = 0;
	if (page->denials_length + length + 1 <= sizeof(page->denials))
		return;
	memmove(page->denials, page->denials + half, page->denials_length - half);
	page->denials_length -= half;
}

void report_denial(const char *line, unsigned length)
{
	struct cellblock_report *page = report();

	if (length + 1 > sizeof(page->denials) / 2)
		return;
	make_room(page, length);
	memcpy(page->denials + page->denials_length, line, length);
	page->denials[page->denials_length + length] = '\n';
	page->denials_length += length + 1;
	page->denial_count++;
}
