/* SPDX-License-Identifier: GPL-2.0 */
/* Configs from user space: copied once, then checked by the same code as in the hypervisor. */
#ifndef DRIVER_BLOB_H
#define DRIVER_BLOB_H

#include <linux/types.h>

struct cell;

/* Fills hypervisor.config and .system from the user address, checked; 0 or a refusal. */
int blob_take_system(unsigned long address);
void blob_drop_system(void);
/* Fills cell->blob and its view from size bytes at the user address; 0 or a refusal. */
int blob_take_cell(struct cell *cell, u64 address, u32 size);
void blob_drop_cell(struct cell *cell);
/* All configs in force and, unless NULL, one more obey every rule together; 0 or a refusal. */
int blob_check(const struct cell *more);

#endif
