/* SPDX-License-Identifier: GPL-2.0 */
/* Trapped system registers that read as zero and ignore what is written. */
#ifndef ARCH_ARM64_SYSREG_MAP_H
#define ARCH_ARM64_SYSREG_MAP_H

#include <base/bits.h>

/* iss: what ESR_EL2 has of a trapped MSR or MRS (DDI 0487, D23.2.37). */
bool sysreg_is_zero(u32 iss);

#endif
