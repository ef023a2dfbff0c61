// SPDX-License-Identifier: GPL-2.0
/* Printing against the C library's for what both know, and at every size of the buffer. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#pragma GCC diagnostic ignored "-Wformat"
#pragma GCC diagnostic ignored "-Wformat-overflow"

#include <base/print.h>

/* Both printers get the same values; every buffer size must hold a prefix, a NUL and nothing more. */
#define SAME(...) do {									\
	char want[200];									\
	int length = snprintf(want, sizeof(want), __VA_ARGS__);				\
	char got[200];									\
											\
	assert_int_equal(print_to(got, sizeof(got), __VA_ARGS__), length);		\
	assert_string_equal(got, want);							\
	for (unsigned size = 1; size < (unsigned)length + 3; size++) {			\
		unsigned fit = (unsigned)length < size ? (unsigned)length : size - 1;	\
											\
		memset(got, 0x55, sizeof(got));						\
		assert_int_equal(print_to(got, size, __VA_ARGS__), fit);		\
		assert_memory_equal(got, want, fit);					\
		assert_int_equal(got[fit], 0);						\
		assert_int_equal(got[size], 0x55);					\
	}										\
} while (0)

static void numbers(void **state)
{
	(void)state;
	SAME("%u %x", 4294967295U, 0xdeadbeefU);
	SAME("%u %x", 0U, 0U);
	SAME("%lu %lx", ~0UL, ~0UL);
	SAME("%llu %llx", ~0ULL, 0x8000000000000000ULL);
}

static void padding(void **state)
{
	(void)state;
	SAME("[%5u] [%05u] [%2u]", 42U, 42U, 42U);
	SAME("[%08x] [%8x]", 0xbeefU, 0xbeefU);
	SAME("[%02u] [%2x]", 1234U, 0x1234U);
	SAME("[%016llx]", 0x123456789aULL);
	SAME("[%025llu]", ~0ULL);
}

static void words(void **state)
{
	(void)state;
	SAME("%s", "");
	SAME("plain");
	SAME("100 of %s.", "it");
	SAME("%s%s%s", "a", "", "b");
}

/* More values than there are registers for them, of all widths. */
static void many_values(void **state)
{
	(void)state;
	SAME("%u %llx %s %x %lu %s %u %u %llu %x %s %u", 1U, ~2ULL, "three", 4U, 5UL, "six", ~7U, 8U, ~9ULL,
	     ~10U, "eleven", 12U);
}

/* What lies above an int in its slot does not count. */
static void narrow_values(void **state)
{
	char got[20];

	(void)state;
	print_to(got, sizeof(got), "%u %x", 0xf00000007ULL, 0xf00000008ULL);
	assert_string_equal(got, "7 8");
}

static void no_string(void **state)
{
	const char *volatile nothing = NULL;
	char got[20];

	(void)state;
	assert_int_equal(print_to(got, sizeof(got), "<%s>", nothing), 8);
	assert_string_equal(got, "<(null)>");
}

/* The compiler would rightly warn about these formats, so they come from memory it cannot see. */
static void unknown_formats_stand(void **state)
{
	static const char *const formats[] = {
		"%", "%q", "a%", "%5", "%-8u", "%08llk", "%z%y", "%lll", "%d", "100%%",
	};
	char got[20];

	(void)state;
	for (unsigned i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		va_list_t none;

		memset(&none, 0, sizeof(none));
		assert_int_equal(print_to_v(got, sizeof(got), formats[i], none), strlen(formats[i]));
		assert_string_equal(got, formats[i]);
	}
}

static void no_room(void **state)
{
	char got[2] = { 0x55, 0x55 };

	(void)state;
	assert_int_equal(print_to(got, 0, "abc"), 0);
	assert_int_equal(got[0], 0x55);
	assert_int_equal(print_to(got, 1, "abc"), 0);
	assert_int_equal(got[0], 0);
	assert_int_equal(got[1], 0x55);
}

static void absurd_widths(void **state)
{
	char got[100];

	(void)state;
	assert_int_equal(print_to(got, sizeof(got), "%99999999999u", 1U), 99);
	assert_int_equal(got[98], ' ');
	assert_int_equal(got[99], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers),
		cmocka_unit_test(padding),
		cmocka_unit_test(words),
		cmocka_unit_test(many_values),
		cmocka_unit_test(narrow_values),
		cmocka_unit_test(no_string),
		cmocka_unit_test(unknown_formats_stand),
		cmocka_unit_test(no_room),
		cmocka_unit_test(absurd_widths),
	};

	return cmocka_run_group_tests_name("base/print", tests, NULL, NULL);
}
