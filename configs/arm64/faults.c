/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* One CPU that tries what a cell must not do; hello2 can run beside it. */

#define CELL_NAME	"faults"
#define CELL_CPUS	1 << 3
#define CELL_PLACE	0
#define PART_PHYS	0x7f200000

#include "cell-plain.inc.h"
#include "../part.inc.h"
#include "cell.inc.h"
