/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Two CPUs in one cell. */

#define CELL_NAME	"smp"
#define CELL_CPUS	1 << 2 | 1 << 3
#define CELL_PLACE	0

#include "cell-plain.inc.h"
#include "cell.inc.h"
