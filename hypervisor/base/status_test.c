// SPDX-License-Identifier: GPL-2.0
/* Sentences of refusals, and that every row can become one. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <base/status.h>

static void whole_sentence(void **state)
{
	struct refusal refusal;
	char text[512];
	unsigned length;

	(void)state;
	assert_int_equal(refusal_fill(&refusal, STATUS_CPU_TWICE, "rt0", OBJECT_CPU, 3, 3, 2),
			 STATUS_CPU_TWICE);
	length = refusal_print(&refusal, text, sizeof(text));
	assert_string_equal(text,
			    "cell \"rt0\", cpus[3]: CPU 3 belongs to the cell in slot 2 already "
			    "[rule cpu-one-owner]. Fix: choose another CPU or destroy that cell.");
	assert_int_equal(length, strlen(text));
}

/* Where names are known: one without its NUL, a slot without a cell, and one that cannot be. */
static void other_cells(void **state)
{
	char full[33] = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn";
	const char *names[REFUSAL_CELLS] = { [1] = "two words", [3] = full };
	struct refusal refusal;
	char text[512];

	(void)state;
	refusal_fill(&refusal, STATUS_CPU_TWICE, "rt0", OBJECT_CPU, 3, 3, 1);
	refusal_print_named(&refusal, names, text, sizeof(text));
	assert_string_equal(text,
			    "cell \"rt0\", cpus[3]: CPU 3 belongs to cell \"two words\" already "
			    "[rule cpu-one-owner]. Fix: choose another CPU or destroy that cell.");
	refusal_fill(&refusal, STATUS_NAME_TWICE, "rt0", OBJECT_CELL, 0, 3, 1);
	refusal_print_named(&refusal, names, text, sizeof(text));
	assert_non_null(strstr(text, "of cell \"nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn\" [rule"));
	refusal.a = 2;
	refusal_print_named(&refusal, names, text, sizeof(text));
	assert_non_null(strstr(text, "of the cell in slot 2 [rule"));
	refusal.a = 0x100000001;
	refusal_print_named(&refusal, names, text, sizeof(text));
	assert_non_null(strstr(text, "of the cell in slot 4294967297 [rule"));
}

static void object_names(void **state)
{
	struct refusal refusal;
	char text[64];

	(void)state;
	refusal_fill(&refusal, STATUS_VIEW_BIG, "", OBJECT_CELL, 0, 0, 0);
	refusal_print_object(&refusal, text, sizeof(text));
	assert_string_equal(text, "config");
	refusal_fill(&refusal, STATUS_VIEW_BIG, NULL, OBJECT_NONE, 0, 0, 0);
	assert_int_equal(refusal_print_object(&refusal, text, sizeof(text)), 0);
	refusal_fill(&refusal, STATUS_VIEW_BIG, "q35", OBJECT_IOMMU, 1, 0, 0);
	refusal_print_object(&refusal, text, sizeof(text));
	assert_string_equal(text, "cell \"q35\", iommu_units[1]");
	refusal_fill(&refusal, STATUS_SPI_FOREIGN, "q35", OBJECT_VIRTUAL_LINES, 1, 0, 0);
	refusal_print_object(&refusal, text, sizeof(text));
	assert_string_equal(text, "cell \"q35\", vpci_irq_base");
	refusal.object = 0xffffffff;
	refusal_print_object(&refusal, text, sizeof(text));
	assert_string_equal(text, "cell \"q35\"");
}

/* A name that fills its field has no NUL; the refusal's copy has. */
static void long_name(void **state)
{
	struct refusal refusal;
	char name[32];

	(void)state;
	memset(name, 'n', sizeof(name));
	refusal_fill(&refusal, STATUS_NAME_END, name, OBJECT_CELL, 0, 32, 0);
	assert_int_equal(strlen(refusal.cell), 31);
}

static void small_buffers(void **state)
{
	struct refusal refusal;
	char text[300], full[300];
	unsigned length;

	(void)state;
	refusal_fill(&refusal, STATUS_MEM_ALIGN, "rt0", OBJECT_MEMORY, 5, ~0ULL, 0);
	length = refusal_print(&refusal, full, sizeof(full));
	assert_true(length < sizeof(full) - 1);
	for (unsigned size = 0; size < length; size++) {
		memset(text, '#', sizeof(text));
		assert_int_equal(refusal_print(&refusal, text, size), size ? size - 1 : 0);
		if (size)
			assert_memory_equal(text, full, size - 1);
		assert_true(size == 0 || text[size - 1] == 0);
		assert_int_equal(text[size], '#');
	}
}

static void unknown_reason(void **state)
{
	struct refusal refusal = { .why = STATUS_COUNT };
	char text[200];

	(void)state;
	assert_int_equal(status_errno(STATUS_COUNT), -5);
	assert_string_equal(status_rule(STATUS_COUNT), "unknown");
	assert_true(refusal_print(&refusal, text, sizeof(text)) > 0);
	assert_non_null(strstr(text, "is not known here"));
}

/*
 * Every row: an errno, a kebab-case rule, no placeholder left; a config rule has a name of its own.
 */
static void all_rows(void **state)
{
	char text[512];

	(void)state;
	assert_int_equal(status_errno(OK), 0);
	for (unsigned i = 1; i < STATUS_COUNT; i++) {
		struct refusal refusal = { .why = i, .a = 0x12, .b = 0x34 };
		const char *rule = status_rule(i);

		assert_in_range(-status_errno(i), 1, 133);
		assert_int_equal(strspn(rule, "abcdefghijklmnopqrstuvwxyz0123456789-"),
				 strlen(rule));
		assert_true(refusal_print(&refusal, text, sizeof(text)) < sizeof(text) - 1);
		assert_null(strchr(text, '{'));
		for (unsigned j = STATUS_VIEW_BIG; j < i && i <= STATUS_NO_REMAPPING; j++)
			if (strcmp(rule, status_rule(j)) == 0)
				fail_msg("two rows have the rule name %s", rule);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_sentence),
		cmocka_unit_test(other_cells),
		cmocka_unit_test(object_names),
		cmocka_unit_test(long_name),
		cmocka_unit_test(small_buffers),
		cmocka_unit_test(unknown_reason),
		cmocka_unit_test(all_rows),
	};

	return cmocka_run_group_tests_name("base/status", tests, NULL, NULL);
}
