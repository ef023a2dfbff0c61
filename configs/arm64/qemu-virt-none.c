/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The test machine with GICv3 and without IOMMU. */

#define MACHINE_NAME	"qemu-virt-none"
#define MACHINE_GIC	3

#include "qemu-virt-nosmmu.inc.h"
#include "qemu-virt.inc.h"
