// SPDX-License-Identifier: GPL-2.0
/* Any bytes: no read outside them, and answers that agree with each other at every length. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <run/mmio_decode.h>

static void expect(bool condition)
{
	if (!condition)
		abort();
}

static void check_insn(const struct mmio_insn *insn, const u8 *bytes, unsigned count,
		       enum mmio_code code)
{
	struct mmio_insn again;
	unsigned n;

	expect(insn->length >= 2 && insn->length <= count && insn->length <= MMIO_INSN_MAX);
	expect(insn->width == 1 || insn->width == 2 || insn->width == 4 || insn->width == 8);
	expect(insn->dest_width >= insn->width && insn->dest_width <= 8);
	expect(insn->reg < (code == MMIO_CODE_64 ? 16 : 8));
	expect(!insn->immediate || insn->write);
	expect(!insn->high_byte || (insn->reg < 4 && insn->dest_width == 1));
	expect(insn->width == 8 || mmio_store_value(insn, ~0ULL) >> (8 * insn->width) == 0);

	for (n = 0; n < insn->length; n++)
		expect(mmio_decode(&again, bytes, n, code) == STATUS_INSN_INCOMPLETE);
	expect(mmio_decode(&again, bytes, insn->length, code) == OK);
	expect(again.length == insn->length && again.reg == insn->reg);
}

/* A memo of one instruction, asked about bytes that differ from it in one place. */
static void check_memo(const u8 *bytes, unsigned count, enum mmio_code code)
{
	struct mmio_insn insn = { 0 }, plain = { 0 };
	struct mmio_memo memo = { 0 };
	u8 other[16] = { 0 };
	unsigned at;

	if (count > sizeof(other))
		count = sizeof(other);
	for (at = 0; at < count; at++) {
		memcpy(other, bytes, count);
		other[at] ^= (u8)(1 + at);
		(void)!mmio_decode_again(&memo, &insn, bytes, count, code);
		expect(mmio_decode_again(&memo, &insn, other, count, code) ==
		       mmio_decode(&plain, other, count, code));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mmio_insn insn;
	enum mmio_code code;
	enum status status;
	u8 *bytes;

	if (size < 1)
		return 0;
	code = (enum mmio_code)(data[0] % 3);
	size--;
	bytes = malloc(size ? size : 1);	/* an end of its own, for the sanitizer */
	if (!bytes)
		return 0;
	memcpy(bytes, data + 1, size);
	status = mmio_decode(&insn, bytes, (unsigned)size, code);
	if (status == OK)
		check_insn(&insn, bytes, (unsigned)size, code);
	else
		expect(size < MMIO_INSN_MAX || status != STATUS_INSN_INCOMPLETE);
	check_memo(bytes, (unsigned)size, code);
	free(bytes);
	return 0;
}
