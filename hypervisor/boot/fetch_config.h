/* SPDX-License-Identifier: GPL-2.0 */
/* Copy a cell's config out of root's memory, once, and open it. */
#ifndef BOOT_FETCH_CONFIG_H
#define BOOT_FETCH_CONFIG_H

#include <arch/machine.h>

struct cpu;

/* Fills cell->view from pages tagged cell->owner; gpa is root's physical address of size bytes. */
enum status fetch_config(struct cpu *self, u64 gpa, u64 size, struct cell *cell,
			 struct refusal *refusal) MUST_USE;

#endif
