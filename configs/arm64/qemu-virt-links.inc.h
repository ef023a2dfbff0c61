/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The shared-memory links of the test machine: their interrupts are lines, INTC and INTD. */

#define LINKS_START	0x7fa00000
#define LINK_BARS	JAILHOUSE_IVSHMEM_BAR_MASK_INTX
#define LINK_VECTORS	0

#include "../links.inc.h"
