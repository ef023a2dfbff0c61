/* SPDX-License-Identifier: GPL-2.0 */
/* The pages the hypervisor lets root Linux read: refusals, denied accesses, the console. */
#ifndef DRIVER_REPORT_H
#define DRIVER_REPORT_H

#include <linux/types.h>

#include <base/status.h>
#include <jailhouse/header.h>

/* The reason for the refusal that just happened; false: none was left. Consumed by reading. */
bool report_refusal(struct refusal *refusal);
/* Before enable: what was read before does not count. */
void report_reset(void);
/* Text of denied accesses, newest last, at most size bytes; returns its length. */
size_t report_denials(char *text, size_t size);
/* A consistent copy of the console; false: no hypervisor is mapped, or it is not readable. */
bool report_console(struct jailhouse_virt_console *copy);

#endif
