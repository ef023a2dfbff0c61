/* SPDX-License-Identifier: GPL-2.0 */
/* Memory taken from the running kernel, to be given to hypervisor and cells. */
#ifndef DRIVER_MEMORY_H
#define DRIVER_MEMORY_H

#include <linux/types.h>

struct jailhouse_memory_reserve;

/* Takes memory as asked for and completes *reserve; 0 or a refusal. */
int memory_reserve(struct jailhouse_memory_reserve *reserve);
/* Gives everything back. 1: see JAILHOUSE_MEMORY_RELEASE; 0; or a refusal. */
int memory_release(void);
/* All of it lies in one reservation. */
bool memory_is_reserved(u64 start, u64 size);
/* "start-end method\n" per reservation into a page; returns the length. */
int memory_show(char *text);

#endif
