/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* A second cell beside hello: CPU 2, RAM of its own, the virtual console. */

#define CELL_NAME	"hello2"
#define CELL_CPUS	1 << 2
#define CELL_PLACE	1

#include "cell-plain.inc.h"
#include "cell.inc.h"
