/* SPDX-License-Identifier: GPL-2.0 */
/* What the CPUs of a cell can address: a second-stage table, from the cell's slice of a plan. */
#ifndef ARCH_CELL_SPACE_H
#define ARCH_CELL_SPACE_H

#include <arch/machine.h>

/* Everything the plan maps for the cell. */
enum status cell_space_map(struct pt *pt, const struct plan *plan, unsigned cell) MUST_USE;

#endif
