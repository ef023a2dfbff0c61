/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine with GICv3 and SMMUv3; start Linux with initcall_blacklist=arm_smmu_driver_init. */

#define MACHINE_NAME	"qemu-virt"
#define MACHINE_GIC	3

#include "qemu-virt-smmu.inc.h"
#include "qemu-virt.inc.h"
