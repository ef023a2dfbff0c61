/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* A second cell beside hello: CPU 2, COM4, RAM of its own. */

#define CELL_NAME	"hello2"
#define CELL_CPUS	1 << 2
#define CELL_RAM	0x100900000
#define CELL_UART	0x2e8

#include "cell-plain.inc.h"
#include "cell.inc.h"
