/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What root asks for: cells come, are loaded, run and go. Each verb first decides and builds, then
 * lets the CPUs concerned stand still, and only then changes what is in force. Results are 0 or a
 * negative errno; the reason is in the report page.
 */
#ifndef BOOT_CONTROL_H
#define BOOT_CONTROL_H

#include <jailhouse/types.h>

struct cell;
struct cpu;

/* gpa, size: the blob in root's memory. */
s64 control_create(struct cpu *self, u64 gpa, u64 size);
s64 control_start(struct cpu *self, u64 id, u64 unused);
s64 control_set_loadable(struct cpu *self, u64 id, u64 unused);
s64 control_destroy(struct cpu *self, u64 id, u64 unused);

/* The cell with this id; NULL: there is none. */
struct cell *control_cell(u64 id);
/* How many there are, root included. */
u32 control_count(void);

#endif
