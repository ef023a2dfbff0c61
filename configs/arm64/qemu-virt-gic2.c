/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine with GICv2 and SMMUv3. */

#define MACHINE_NAME	"qemu-virt-gic2"
#define MACHINE_GIC	2

#include "qemu-virt-smmu.inc.h"
#include "qemu-virt.inc.h"
