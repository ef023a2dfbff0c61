/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Rebuild, never edit: machine.next is built beside machine.now, then put in force or thrown away.
 */
#ifndef BOOT_GENERATION_H
#define BOOT_GENERATION_H

#include <arch/machine.h>

/*
 * Plan and tables for machine.set; root and the cell in slot changed, which may be root, get new tables,
 * the others keep theirs. A refusal leaves machine.now and the pool as they were.
 */
enum status generation_build(unsigned changed, struct refusal *refusal) MUST_USE;
/* Throw machine.next away. */
void generation_discard(void);
/*
 * machine.next becomes machine.now; tables that only the old one used go back to the pool. Units walk the
 * new ones already, and the CPUs concerned stand still.
 */
void generation_commit(void);

#endif
