// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Bookkeeping of EXPECT_EQUAL. */
#include <test.h>

bool all_passed = true;

void expect_equal(u64 value, u64 expected, unsigned int line)
{
	bool passed = value == expected;

	if (passed)
		printk("Test at line #%u passed\n", line);
	else
		printk("Test at line #%u FAILED: 0x%llx instead of 0x%llx\n", line, value, expected);
	all_passed = all_passed && passed;
}
