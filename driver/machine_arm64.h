/* SPDX-License-Identifier: GPL-2.0 */
/* What Linux knows of the machine that the config describes too. */
#ifndef DRIVER_MACHINE_ARM64_H
#define DRIVER_MACHINE_ARM64_H

struct jailhouse_system;

/* Linux's number for a shared interrupt of the GIC, which comes by its edge; 0: there is none. */
unsigned int machine_map_spi(unsigned int spi);
/* Interrupt controller as configured, and no IOMMU in Linux's hands; or a refusal. */
int machine_check(const struct jailhouse_system *config);

#endif
