/* SPDX-License-Identifier: GPL-2.0 */
/* Give the machine back to Linux. */
#ifndef BOOT_LEAVE_H
#define BOOT_LEAVE_H

#include <jailhouse/types.h>

struct cpu;

/* Hypercall DISABLE, called on every root CPU; returns only a negative errno. */
s64 leave_hypervisor(struct cpu *self, u64 unused, u64 unused2);

#endif
