/* SPDX-License-Identifier: GPL-2.0 */
/* Waiting for hardware, always bounded, and showing memory to hardware that does not snoop. */
#ifndef PORT_POLL_H
#define PORT_POLL_H

#include <jailhouse/types.h>

/*
 * Spin a little; counts down *budget, false when it is used up. Each poll costs one unit (~1 us).
 */
bool port_poll(u32 *budget);
/* Make writes to size bytes from start on visible to a unit that does not snoop (CLFLUSH). */
void port_cache_flush(const void *start, u64 size);

#endif
