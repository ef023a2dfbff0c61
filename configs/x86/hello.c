/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The smallest cell: one CPU that prints a heartbeat on COM3. */

#define CELL_NAME	"hello"
#define CELL_CPUS	1 << 3
#define CELL_RAM	0x100800000
#define CELL_UART	0x3e8

#include "cell-plain.inc.h"
#include "cell.inc.h"
