/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * One CPU that measures what leaving the cell costs; its interrupts come without that where the GIC can
 * do it.
 */

#define CELL_NAME	"bench"
#define CELL_CPUS	1 << 3
#define CELL_PLACE	0
#define CELL_UNPROTECTED	JAILHOUSE_UNPROTECTED_DELIVERY

#include "cell-plain.inc.h"
#include "cell.inc.h"
