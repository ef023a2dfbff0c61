/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* One CPU that says hello. */

#define CELL_NAME	"hello"
#define CELL_CPUS	1 << 3
#define CELL_PLACE	0

#include "cell-plain.inc.h"
#include "cell.inc.h"
