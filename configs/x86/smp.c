/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Two CPUs in one cell. */

#define CELL_NAME	"smp"
#define CELL_CPUS	1 << 2 | 1 << 3
#define CELL_RAM	0x100800000
#define CELL_UART	0x3e8

#include "cell-plain.inc.h"
#include "cell.inc.h"
