/* SPDX-License-Identifier: GPL-2.0 */
/* Makes hypervisor_memory ours: out of a reservation, or of memory Linux was told to leave alone. */
#ifndef DRIVER_CLAIM_H
#define DRIVER_CLAIM_H

#include <linux/types.h>

/* Fills hypervisor.claim, or refuses. */
int claim_take(u64 start, u64 size);
/* Gives it back; harmless when nothing is claimed. */
void claim_drop(void);

#endif
