/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The test machine with GICv3 and SMMUv3, 2 GiB of RAM, and UEFI that gives Linux ACPI tables. Firmware,
 * its tables, the kernel and its initrd are at the end of RAM, where "mem=" does not take them away.
 */

#define MACHINE_NAME		"qemu-virt-acpi"
#define MACHINE_GIC		3
#define MACHINE_HIGH_RAM	0x40000000

#include "qemu-virt-smmu.inc.h"
#include "qemu-virt.inc.h"
