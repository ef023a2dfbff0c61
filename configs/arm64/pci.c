/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* One CPU with a device of its own, which interrupts by its line INTA. */

#define CELL_NAME		"pci"

#include "pci.inc.h"

#define CELL_REGIONS		4
#define CELL_REGION							\
	CONFIG_HEAD,							\
	CONFIG_SPACE(8, 0xff8, 0),					\
	EDU_REGISTERS,
#define CELL_PINS		1 << (35 - 32)

#include "cell.inc.h"
