/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine with GICv4, whose redistributors are twice as large, and SMMUv3. */

#define MACHINE_NAME	"qemu-virt-gic4"
#define MACHINE_GIC	4

#include "qemu-virt-smmu.inc.h"
#include "qemu-virt.inc.h"
