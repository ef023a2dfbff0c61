// SPDX-License-Identifier: GPL-2.0
/* The decoder against encodings written by an assembler, at every length, and the merge rules. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <run/mmio_decode.h>

#define BYTES(...) { __VA_ARGS__ }, sizeof((u8[]){ __VA_ARGS__ })

static const struct {
	u8 bytes[MMIO_INSN_MAX + 1];
	unsigned count;
	enum mmio_code code;
	struct mmio_insn want;	/* length is count */
} good[] = {
	/* mov (%rdi),%eax ... and each register bit and width */
	{ BYTES(0x8b, 0x07), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x48, 0x8b, 0x0f), MMIO_CODE_64, { .width = 8, .dest_width = 8, .reg = 1 } },
	{ BYTES(0x44, 0x8b, 0x3f), MMIO_CODE_64, { .width = 4, .dest_width = 4, .reg = 15 } },
	{ BYTES(0x66, 0x8b, 0x17), MMIO_CODE_64, { .width = 2, .dest_width = 2, .reg = 2 } },
	{ BYTES(0x8b, 0x27), MMIO_CODE_64, { .width = 4, .dest_width = 4, .reg = 4 } },
	{ BYTES(0x8a, 0x07), MMIO_CODE_64, { .width = 1, .dest_width = 1 } },
	{ BYTES(0x8a, 0x27), MMIO_CODE_64,
	  { .width = 1, .dest_width = 1, .reg = 0, .high_byte = true } },
	{ BYTES(0x40, 0x8a, 0x27), MMIO_CODE_64, { .width = 1, .dest_width = 1, .reg = 4 } },
	{ BYTES(0x44, 0x8a, 0x27), MMIO_CODE_64, { .width = 1, .dest_width = 1, .reg = 12 } },
	/* a REX prefix before another prefix is void; the last of two REX prefixes counts */
	{ BYTES(0x48, 0x66, 0x8b, 0x07), MMIO_CODE_64, { .width = 2, .dest_width = 2 } },
	{ BYTES(0x48, 0x44, 0x8b, 0x07), MMIO_CODE_64, { .width = 4, .dest_width = 4, .reg = 8 } },
	/* REX.W beats the operand size prefix */
	{ BYTES(0x66, 0x48, 0x8b, 0x07), MMIO_CODE_64, { .width = 8, .dest_width = 8 } },
	/* stores */
	{ BYTES(0x89, 0x37), MMIO_CODE_64, { .width = 4, .dest_width = 4, .reg = 6, .write = true } },
	{ BYTES(0x88, 0x3f), MMIO_CODE_64,
	  { .width = 1, .dest_width = 1, .reg = 3, .write = true, .high_byte = true } },
	{ BYTES(0x4c, 0x89, 0x07), MMIO_CODE_64,
	  { .width = 8, .dest_width = 8, .reg = 8, .write = true } },
	/* addresses: disp8, disp32, RIP, SIB without and with displacement, SIB without base, REX.XB */
	{ BYTES(0x8b, 0x47, 0x10), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x87, 1, 2, 3, 4), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x05, 1, 2, 3, 4), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x04, 0x24), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x44, 0x24, 8), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x84, 0x24, 1, 2, 3, 4), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x04, 0x25, 1, 2, 3, 4), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x44, 0x2d, 1), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x43, 0x8b, 0x04, 0x3e), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x67, 0x8b, 0x07), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x64, 0x8b, 0x07), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	/* immediates */
	{ BYTES(0xc6, 0x07, 0x80), MMIO_CODE_64,
	  { .width = 1, .dest_width = 1, .write = true, .immediate = true, .value = 0x80 } },
	{ BYTES(0x66, 0xc7, 0x07, 0x34, 0xf2), MMIO_CODE_64,
	  { .width = 2, .dest_width = 2, .write = true, .immediate = true, .value = 0xf234 } },
	{ BYTES(0xc7, 0x47, 4, 0x78, 0x56, 0x34, 0xf2), MMIO_CODE_64,
	  { .width = 4, .dest_width = 4, .write = true, .immediate = true, .value = 0xf2345678 } },
	{ BYTES(0x48, 0xc7, 0x07, 0x78, 0x56, 0x34, 0xf2), MMIO_CODE_64,
	  { .width = 8, .dest_width = 8, .write = true, .immediate = true,
	    .value = 0xfffffffff2345678 } },
	/* AL..RAX with an address behind the opcode */
	{ BYTES(0xa0, 1, 2, 3, 4, 5, 6, 7, 8), MMIO_CODE_64, { .width = 1, .dest_width = 1 } },
	{ BYTES(0x48, 0xa3, 1, 2, 3, 4, 5, 6, 7, 8), MMIO_CODE_64,
	  { .width = 8, .dest_width = 8, .write = true } },
	{ BYTES(0x67, 0xa1, 1, 2, 3, 4), MMIO_CODE_64, { .width = 4, .dest_width = 4 } },
	/* widening */
	{ BYTES(0x0f, 0xb6, 0x07), MMIO_CODE_64, { .width = 1, .dest_width = 4 } },
	{ BYTES(0x66, 0x0f, 0xb6, 0x27), MMIO_CODE_64, { .width = 1, .dest_width = 2, .reg = 4 } },
	{ BYTES(0x0f, 0xb7, 0x07), MMIO_CODE_64, { .width = 2, .dest_width = 4 } },
	{ BYTES(0x48, 0x0f, 0xbe, 0x07), MMIO_CODE_64,
	  { .width = 1, .dest_width = 8, .sign = true } },
	{ BYTES(0x4c, 0x0f, 0xbf, 0x07), MMIO_CODE_64,
	  { .width = 2, .dest_width = 8, .reg = 8, .sign = true } },
	{ BYTES(0x48, 0x63, 0x07), MMIO_CODE_64, { .width = 4, .dest_width = 8, .sign = true } },
	/* the longest: four prefixes, REX, SIB, disp32, imm32 */
	{ BYTES(0x64, 0x67, 0x2e, 0x48, 0xc7, 0x84, 0x24, 1, 2, 3, 4, 5, 6, 7, 8), MMIO_CODE_64,
	  { .width = 8, .dest_width = 8, .write = true, .immediate = true, .value = 0x08070605 } },
	/* 32-bit code: inc/dec instead of REX, 16-bit addresses by prefix */
	{ BYTES(0x8b, 0x05, 1, 2, 3, 4), MMIO_CODE_32, { .width = 4, .dest_width = 4 } },
	{ BYTES(0xa1, 0, 0, 0xe0, 0xfe), MMIO_CODE_32, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x66, 0xa3, 0, 0, 0xe0, 0xfe), MMIO_CODE_32,
	  { .width = 2, .dest_width = 2, .write = true } },
	{ BYTES(0x67, 0x8b, 0x06, 1, 2), MMIO_CODE_32, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x67, 0x8b, 0x04), MMIO_CODE_32, { .width = 4, .dest_width = 4 } },
	{ BYTES(0xc7, 0x05, 1, 2, 3, 4, 5, 6, 7, 8), MMIO_CODE_32,
	  { .width = 4, .dest_width = 4, .write = true, .immediate = true, .value = 0x08070605 } },
	/* 16-bit code */
	{ BYTES(0x8b, 0x07), MMIO_CODE_16, { .width = 2, .dest_width = 2 } },
	{ BYTES(0x66, 0x8b, 0x07), MMIO_CODE_16, { .width = 4, .dest_width = 4 } },
	{ BYTES(0x8b, 0x0e, 1, 2), MMIO_CODE_16, { .width = 2, .dest_width = 2, .reg = 1 } },
	{ BYTES(0x8b, 0x05), MMIO_CODE_16, { .width = 2, .dest_width = 2 } },
	{ BYTES(0x8b, 0x46, 1), MMIO_CODE_16, { .width = 2, .dest_width = 2 } },
	{ BYTES(0x8b, 0x86, 1, 2), MMIO_CODE_16, { .width = 2, .dest_width = 2 } },
	{ BYTES(0x66, 0x67, 0xa3, 0, 0, 0xe0, 0xfe), MMIO_CODE_16,
	  { .width = 4, .dest_width = 4, .write = true } },
	{ BYTES(0xa0, 1, 2), MMIO_CODE_16, { .width = 1, .dest_width = 1 } },
	{ BYTES(0x66, 0x67, 0xc7, 0x04, 0x25, 1, 2, 3, 4, 5, 6, 7, 8), MMIO_CODE_16,
	  { .width = 4, .dest_width = 4, .write = true, .immediate = true, .value = 0x08070605 } },
};

static const struct {
	u8 bytes[MMIO_INSN_MAX + 1];
	unsigned count;
	enum mmio_code code;
	enum status want;
} bad[] = {
	{ BYTES(0x8b, 0xc0), MMIO_CODE_64, STATUS_INSN_UNKNOWN },	/* register to register */
	{ BYTES(0xc7, 0x0f), MMIO_CODE_64, STATUS_INSN_UNKNOWN },	/* group member 1 */
	{ BYTES(0x01, 0x07), MMIO_CODE_64, STATUS_INSN_UNKNOWN },
	{ BYTES(0x87, 0x07), MMIO_CODE_64, STATUS_INSN_UNKNOWN },
	{ BYTES(0x0f, 0xb5, 0x07), MMIO_CODE_64, STATUS_INSN_UNKNOWN },
	{ BYTES(0x0f, 0xb8, 0x07), MMIO_CODE_64, STATUS_INSN_UNKNOWN },
	{ BYTES(0x0f, 0xbd, 0x07), MMIO_CODE_64, STATUS_INSN_UNKNOWN },
	{ BYTES(0x0f, 0xc0, 0x07), MMIO_CODE_64, STATUS_INSN_UNKNOWN },
	{ BYTES(0x48), MMIO_CODE_32, STATUS_INSN_UNKNOWN },		/* dec %eax */
	{ BYTES(0x63, 0x07), MMIO_CODE_32, STATUS_INSN_UNKNOWN },	/* arpl */
	{ BYTES(0x66, 0x63, 0x07), MMIO_CODE_64, STATUS_INSN_UNKNOWN },
	{ BYTES(0xf0, 0x89, 0x07), MMIO_CODE_64, STATUS_INSN_PREFIX },
	{ BYTES(0xf3, 0x89, 0x07), MMIO_CODE_64, STATUS_INSN_PREFIX },
	{ BYTES(0xf2, 0x8b, 0x07), MMIO_CODE_64, STATUS_INSN_PREFIX },
	{ BYTES(0xa4), MMIO_CODE_64, STATUS_INSN_STRING },
	{ BYTES(0xf3, 0xa5), MMIO_CODE_64, STATUS_INSN_STRING },
	{ BYTES(0xf3, 0x48, 0xab), MMIO_CODE_64, STATUS_INSN_STRING },
	{ BYTES(0xaa), MMIO_CODE_16, STATUS_INSN_STRING },
	/* sixteen bytes would be needed */
	{ BYTES(0x64, 0x64, 0x67, 0x2e, 0x48, 0xc7, 0x84, 0x24, 1, 2, 3, 4, 5, 6, 7, 8), MMIO_CODE_64,
	  STATUS_INSN_LONG },
	{ BYTES(0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66, 0x66,
		0x66), MMIO_CODE_64, STATUS_INSN_LONG },
};

static void decodes_good(void **state)
{
	for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct mmio_insn want = good[i].want, insn;

		memset(&insn, 0xa5, sizeof(insn));
		assert_int_equal(mmio_decode(&insn, good[i].bytes, good[i].count, good[i].code), OK);
		if (!insn.immediate)
			insn.value = 0;
		want.length = (u8)good[i].count;
		if (memcmp(&insn, &want, sizeof(insn)))
			print_error("row %u\n", i);
		assert_memory_equal(&insn, &want, sizeof(insn));
	}
}

/* Cut anywhere, the answer is "more bytes"; the copy on the heap catches reads past the end. */
static void asks_for_missing_bytes(void **state)
{
	for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		for (unsigned n = 0; n < good[i].count; n++) {
			u8 *copy = test_malloc(n + 1);
			struct mmio_insn insn;

			memcpy(copy + 1, good[i].bytes, n);
			assert_int_equal(mmio_decode(&insn, copy + 1, n, good[i].code),
					 STATUS_INSN_INCOMPLETE);
			test_free(copy);
		}
}

static void ignores_later_bytes(void **state)
{
	for (unsigned i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		u8 bytes[32];
		struct mmio_insn insn;

		memset(bytes, 0x66, sizeof(bytes));
		memcpy(bytes, good[i].bytes, good[i].count);
		assert_int_equal(mmio_decode(&insn, bytes, sizeof(bytes), good[i].code), OK);
		assert_int_equal(insn.length, good[i].count);
	}
}

static void refuses_bad(void **state)
{
	for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct mmio_insn insn;
		enum status status = mmio_decode(&insn, bad[i].bytes, bad[i].count, bad[i].code);

		if (status != bad[i].want)
			print_error("row %u\n", i);
		assert_int_equal(status, bad[i].want);
	}
}

/* Every row after every other: the memo never changes an answer. */
static void remembers_without_lying(void **state)
{
	const unsigned rows = sizeof(good) / sizeof(good[0]);

	for (unsigned i = 0; i < rows * rows; i++) {
		const unsigned pair[] = { i / rows, i % rows, i / rows };
		struct mmio_memo memo = { 0 };

		for (unsigned n = 0; n < 3; n++) {
			struct mmio_insn want, insn;
			enum mmio_code code = good[pair[n]].code;

			memset(&want, 0, sizeof(want));
			memset(&insn, 0, sizeof(insn));
			assert_int_equal(mmio_decode(&want, good[pair[n]].bytes, 15, code), OK);
			assert_int_equal(mmio_decode_again(&memo, &insn, good[pair[n]].bytes, 15, code),
					 OK);
			assert_memory_equal(&insn, &want, sizeof(insn));
		}
	}
}

static void remembers_only_what_it_saw(void **state)
{
	u8 bytes[MMIO_INSN_MAX] = { 0 };
	struct mmio_memo memo = { 0 };
	struct mmio_insn insn;

	/* an empty memo does not match bytes of zero */
	assert_int_equal(mmio_decode_again(&memo, &insn, bytes, 15, MMIO_CODE_16),
			 STATUS_INSN_UNKNOWN);
	bytes[0] = 0x8b;
	assert_int_equal(mmio_decode_again(&memo, &insn, bytes, 15, MMIO_CODE_64), OK);
	assert_int_equal(memo.insn.length, 2);
	memo.insn.reg = 7;	/* a mark that only a remembered answer carries */
	bytes[14] = 1;
	assert_int_equal(mmio_decode_again(&memo, &insn, bytes, 15, MMIO_CODE_64), OK);
	assert_int_equal(insn.reg, 7);
	assert_int_equal(mmio_decode_again(&memo, &insn, bytes, 1, MMIO_CODE_64),
			 STATUS_INSN_INCOMPLETE);
	assert_int_equal(mmio_decode_again(&memo, &insn, bytes, 15, MMIO_CODE_16), OK);
	assert_int_equal(insn.width, 2);
	/* a longer one is not remembered: its end is not in the first 8 bytes */
	memcpy(bytes, (u8[]){ 0x48, 0xc7, 0x80, 1, 2, 3, 4, 5, 6, 7, 8 }, 11);
	assert_int_equal(mmio_decode_again(&memo, &insn, bytes, 15, MMIO_CODE_64), OK);
	bytes[10] = 0x7f;
	assert_int_equal(mmio_decode_again(&memo, &insn, bytes, 15, MMIO_CODE_64), OK);
	assert_int_equal(insn.value, 0x7f070605);
	assert_int_equal(memo.insn.length, 2);
}

#define OLD 0x1122334455667788ULL

static void merges_results(void **state)
{
	struct mmio_insn insn = { .width = 8, .dest_width = 8 };

	assert_int_equal(mmio_result(&insn, OLD, 0x8182838485868788), 0x8182838485868788);
	insn = (struct mmio_insn){ .width = 4, .dest_width = 4 };
	assert_int_equal(mmio_result(&insn, OLD, 0xffffffff80000001), 0x80000001);
	insn = (struct mmio_insn){ .width = 2, .dest_width = 2 };
	assert_int_equal(mmio_result(&insn, OLD, 0x99abcd), 0x112233445566abcd);
	insn = (struct mmio_insn){ .width = 1, .dest_width = 1 };
	assert_int_equal(mmio_result(&insn, OLD, 0x99ef), 0x11223344556677ef);
	insn.high_byte = true;
	assert_int_equal(mmio_result(&insn, OLD, 0x99ef), 0x112233445566ef88);
	insn = (struct mmio_insn){ .width = 1, .dest_width = 2, .sign = true };
	assert_int_equal(mmio_result(&insn, OLD, 0x80), 0x112233445566ff80);
	insn = (struct mmio_insn){ .width = 1, .dest_width = 2 };
	assert_int_equal(mmio_result(&insn, OLD, 0x80), 0x1122334455660080);
	insn = (struct mmio_insn){ .width = 2, .dest_width = 4, .sign = true };
	assert_int_equal(mmio_result(&insn, OLD, 0x8000), 0xffff8000);
	insn = (struct mmio_insn){ .width = 4, .dest_width = 8, .sign = true };
	assert_int_equal(mmio_result(&insn, OLD, 0x80000000), 0xffffffff80000000);
	assert_int_equal(mmio_result(&insn, OLD, 0x7fffffff), 0x7fffffff);
}

static void stores_values(void **state)
{
	struct mmio_insn insn = { .width = 8, .dest_width = 8, .write = true };

	assert_int_equal(mmio_store_value(&insn, OLD), OLD);
	insn.width = 4;
	assert_int_equal(mmio_store_value(&insn, OLD), 0x55667788);
	insn.width = 2;
	assert_int_equal(mmio_store_value(&insn, OLD), 0x7788);
	insn.width = 1;
	assert_int_equal(mmio_store_value(&insn, OLD), 0x88);
	insn.high_byte = true;
	assert_int_equal(mmio_store_value(&insn, OLD), 0x77);
	insn = (struct mmio_insn){ .width = 4, .immediate = true, .value = 7 };
	assert_int_equal(mmio_store_value(&insn, OLD), 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_good),
		cmocka_unit_test(asks_for_missing_bytes),
		cmocka_unit_test(ignores_later_bytes),
		cmocka_unit_test(refuses_bad),
		cmocka_unit_test(remembers_without_lying),
		cmocka_unit_test(remembers_only_what_it_saw),
		cmocka_unit_test(merges_results),
		cmocka_unit_test(stores_values),
	};

	return cmocka_run_group_tests_name("run/mmio_decode", tests, NULL, NULL);
}
