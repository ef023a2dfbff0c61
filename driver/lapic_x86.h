/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DRIVER_LAPIC_X86_H
#define DRIVER_LAPIC_X86_H

/*
 * Input clock of the local APIC timer in kHz, measured against the TSC by watching Linux's running
 * timer, which is not touched. 0: it could not be measured (the timer stands still, as it does
 * when Linux uses the TSC deadline instead).
 */
unsigned int lapic_khz(void);

#endif
