/* SPDX-License-Identifier: GPL-2.0 */
/* What Linux knows of the machine that the config describes too. */
#ifndef DRIVER_MACHINE_ARM64_H
#define DRIVER_MACHINE_ARM64_H

struct device_node;
struct jailhouse_system;

/* The interrupt controller in the device tree, to be put; its version. NULL: it has none. */
struct device_node *machine_gic(unsigned int *version);
/* Interrupt controller as configured, and no IOMMU in Linux's hands; or a refusal. */
int machine_check(const struct jailhouse_system *config);

#endif
