/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* What the parts of the bench inmate share. */
#ifndef _BENCH_H
#define _BENCH_H

#include <inmate.h>

/*
 * Prints "BENCH name N": what code costs, the least of many rounds, with that of measuring it. The
 * architecture's part has BENCH_ROUNDS, bench_units() to count in, BENCH_REPEAT repetitions in a
 * round, and BENCH_REPEATED(code) that does them.
 */
#define BENCH(name, code) do {							\
		u64 least = ~0ULL, start, ticks;				\
		unsigned int round;						\
										\
		for (round = 0; round < BENCH_ROUNDS; round++) {		\
			start = bench_units();					\
			BENCH_REPEATED(code);					\
			ticks = bench_units() - start;				\
			least = ticks < least ? ticks : least;			\
		}								\
		printk("BENCH %s %llu\n", name, (least + BENCH_REPEAT / 2) / BENCH_REPEAT);\
	} while (0)

/* Every measurement that only this architecture has. */
void bench_machine(void);

#endif
