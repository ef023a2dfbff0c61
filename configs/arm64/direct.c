/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* One CPU whose interrupts go straight to it, where a GICv3 with one security state can do that. */

#define CELL_NAME	"direct"
#define CELL_CPUS	1 << 3
#define CELL_PLACE	0
#define CELL_UNPROTECTED	JAILHOUSE_UNPROTECTED_DELIVERY

#include "cell-plain.inc.h"
#include "cell.inc.h"
