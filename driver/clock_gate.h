/* SPDX-License-Identifier: GPL-2.0 */
/* The debug console's clock, which Linux may have switched off. */
#ifndef DRIVER_CLOCK_GATE_H
#define DRIVER_CLOCK_GATE_H

#include <jailhouse/console.h>

/* Lets the clock run by the bit the console names, if it names one; stays so, or refuses. */
int clock_gate_open(const struct jailhouse_console *console);

#endif
