/* SPDX-License-Identifier: GPL-2.0 */
/* Explained denials of devices; those of CPUs come through port/core.h. */
#ifndef BOOT_DENIAL_H
#define BOOT_DENIAL_H

#include <jailhouse/types.h>

struct iommu_fault;

/* why: what the unit said, half a sentence. */
void denial_dma(const struct iommu_fault *fault, const char *why);

#endif
