/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Checks of test inmates: each prints its line number with "passed" or "FAILED". */
#ifndef _INMATE_TEST_H
#define _INMATE_TEST_H

#include <inmate.h>

extern bool all_passed;

void expect_equal(u64 value, u64 expected, unsigned int line);

#define EXPECT_EQUAL(a, b) expect_equal((u64)(a), (u64)(b), __LINE__)

#endif
