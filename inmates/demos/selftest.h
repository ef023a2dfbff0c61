/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* What the parts of the selftest inmate share. */
#ifndef _SELFTEST_H
#define _SELFTEST_H

#include <test.h>

/*
 * The part of the architecture: checks of its own, and the interrupt it has told the edu device to
 * send.
 */
void check_machine(void);
unsigned int edu_irq(u16 bdf);

#endif
