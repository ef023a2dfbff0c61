/* SPDX-License-Identifier: GPL-2.0 */
/* The live view of a cell's counters. */
#ifndef TOOLS_SCREEN_H
#define TOOLS_SCREEN_H

/* Runs until q or until the cell is gone; returns the exit code. */
int screen_run(const char *cell_id, const char *name);

#endif
