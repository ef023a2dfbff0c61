/* SPDX-License-Identifier: GPL-2.0 */
/* Changes during which the CPUs concerned stand still; every other CPU goes on. */
#ifndef BOOT_SWITCH_H
#define BOOT_SWITCH_H

#include <arch/machine.h>

struct cpu;

/*
 * Build a generation with new tables for root and the cell (which may be root) and put it in force, or
 * throw it away and say why.
 */
enum status switch_over(struct cpu *self, struct cell *cell, struct refusal *refusal) MUST_USE;
/* Halt every CPU of the cell, mask its interrupts, quiet its devices; its state is "shut down". */
enum status switch_halt(struct cpu *self, struct cell *cell, struct refusal *refusal) MUST_USE;
/* Fill the communication region and start every CPU of the cell at its reset address. */
enum status switch_run(struct cpu *self, struct cell *cell, struct refusal *refusal) MUST_USE;

#endif
