/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DRIVER_HYPERCALL_H
#define DRIVER_HYPERCALL_H

#include <linux/types.h>

#include <jailhouse/hypercall.h>

/*
 * Asks the hypervisor; its answer, or -EINVAL when none is in charge. May be called with or without
 * the driver's lock, from contexts that may sleep.
 */
int hypercall(u32 code, u64 first, u64 second);
/* The architecture's way in, for the function above. */
int hypercall_instruction(u32 code, u64 first, u64 second);

#endif
