/* SPDX-License-Identifier: GPL-2.0 */
/* The communication region of a cell: states it tells, messages it answers. */
#ifndef BOOT_COMM_H
#define BOOT_COMM_H

#include <arch/machine.h>

struct cpu;

/* A fresh page as the cell finds it at start. */
void comm_fill(struct cpu *self, struct cell *cell);
void comm_set_state(struct cpu *self, struct cell *cell, u32 state);
/* What the cell says it is in; read once. */
u32 comm_state(struct cpu *self, struct cell *cell);

/*
 * May the cell be stopped? True: it agreed, has ended, is passive, or did not answer in time (then it
 * counts as failed).
 */
bool comm_ask_shutdown(struct cpu *self, struct cell *cell);
/* Tell every active cell but root that the set of cells changed. */
void comm_announce(struct cpu *self);

#endif
