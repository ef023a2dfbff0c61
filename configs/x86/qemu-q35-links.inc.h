/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The shared-memory links of the test machine: their interrupts are messages. */

#define LINKS_START	0x107000000
#define LINK_BARS	JAILHOUSE_IVSHMEM_BAR_MASK_MSIX
#define LINK_VECTORS	4

#include "../links.inc.h"
