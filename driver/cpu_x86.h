/* SPDX-License-Identifier: GPL-2.0 */
/* What the driver must know about the x86 CPU before it enters. */
#ifndef DRIVER_CPU_X86_H
#define DRIVER_CPU_X86_H

#include <linux/types.h>

/* Firmware file for the virtualization this CPU has; -ENODEV and a refusal when none fits. */
int cpu_x86_image(const char **name);
/* The virtualization is there and nobody uses it, or a refusal. */
int cpu_x86_check(void);
/* Fills in clock rates that the config leaves at 0. */
struct jailhouse_system;
void cpu_x86_clocks(struct jailhouse_system *config);

#endif
