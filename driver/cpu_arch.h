/* SPDX-License-Identifier: GPL-2.0 */
/* What the driver must know about this CPU and machine: one file per architecture answers. */
#ifndef DRIVER_CPU_ARCH_H
#define DRIVER_CPU_ARCH_H

#include <linux/types.h>

struct jailhouse_system;
struct config_arch;

/* Firmware file for the virtualization this CPU has; -ENODEV and a refusal when none fits. */
int cpu_arch_image(const char **name);
/* Which configs this machine takes. */
extern const struct config_arch *const cpu_config_arch;
/* Virtualization is there, nobody uses it, and the config is for this machine; or a refusal. */
int cpu_arch_check(const struct jailhouse_system *config);
/* What the hypervisor must know beside the config: CELLBLOCK_FLAG_*. */
u32 cpu_arch_flags(void);
/* Fills in clock rates that the config leaves at 0. */
void cpu_arch_clocks(struct jailhouse_system *config);
/* What was written there is what code sees that runs with its caches off. */
void cpu_arch_sync(const void *start, u64 size);
/* Linux goes on using this memory, or a part of it, although its own memory map need not say so. */
bool cpu_arch_firmware_has(u64 start, u64 size);
/* What to boot with to keep Linux off this memory, as words of a command line. */
void cpu_arch_set_aside(char *text, size_t text_size, u64 start, u64 size);

#endif
