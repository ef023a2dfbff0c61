/* SPDX-License-Identifier: GPL-2.0 */
/* cells/<id>: what holds for one cell, and its statistics. */
#ifndef DRIVER_SYSFS_CELL_H
#define DRIVER_SYSFS_CELL_H

struct cell;

/* After kzalloc: from here on the cell is freed by its last put. */
void sysfs_cell_init(struct cell *cell);
/* The directory appears with its statistics; 0 or negative errno, then nothing appeared. */
int sysfs_cell_add(struct cell *cell);
/* The directory disappears; readers that are inside are waited for. */
void sysfs_cell_remove(struct cell *cell);

#endif
