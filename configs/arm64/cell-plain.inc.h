/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* A cell of cell.inc.h without devices. */

#define CELL_RAM_FLAGS		0
#define CELL_REGIONS		0
#define CELL_REGION
#define CELL_PINS		0
#define CELL_DEVICES		0
#define CELL_DEVICE
#define CELL_STREAMS		0
#define CELL_STREAM
