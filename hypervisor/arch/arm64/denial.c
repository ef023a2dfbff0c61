/* SPDX-License-Identifier: GPL-2.0 */
/* Denials that only this architecture has: a text for each, and which bits its numbers are. */
#include <arch/arch.h>
#include <base/print.h>

#define NUMBERS 6

struct words {
	const char *text;
	struct { u8 shift, bits; } numbers[NUMBERS];
};

/*
 * A system register is named by Op0, Op1, CRn, CRm and Op2, which are in the syndrome (DDI 0487,
 * D23.2.37, ISS of a trapped MSR or MRS). An SGI is what ICC_SGI1R_EL1 has: the list's bit 0 is for the CPU
 * with the affinity of Aff3, Aff2, Aff1 and RS (IHI 0069, 12.2).
 */
#define REGISTER { { 20, 2 }, { 14, 3 }, { 10, 4 }, { 1, 4 }, { 17, 3 } }

static const struct words words[] = {
	[DENIED_REGISTER_READ - DENIED_ARCH] = { "read of S%u_%u_C%u_C%u_%u", REGISTER },
	[DENIED_REGISTER_WRITE - DENIED_ARCH] = { "write of S%u_%u_C%u_C%u_%u", REGISTER },
	[DENIED_IPI - DENIED_ARCH] = { "SGI %u to target list 0x%x at 0x%02x%02x%02x%x0",
		{ { 24, 4 }, { 0, 16 }, { 48, 8 }, { 32, 8 }, { 16, 8 }, { 44, 4 } } },
	[DENIED_STATE - DENIED_ARCH] = { "unexpected exception at 0x%x%08x", { { 32, 32 }, { 0, 32 } } },
};

unsigned arch_denial(char *line, unsigned size, enum denial_kind kind, u64 address, u32 unused)
{
	const struct words *row = &words[kind - DENIED_ARCH];
	u32 number[NUMBERS];
	unsigned n;

	(void)unused;
	for (n = 0; n < NUMBERS; n++)
		number[n] = (u32)(address >> row->numbers[n].shift & ((1ULL << row->numbers[n].bits) - 1));
	n = print_to(line, size, row->text, number[0], number[1], number[2], number[3], number[4], number[5]);
	return n + print_to(line + n, size - n, "; no config line can allow it");
}
