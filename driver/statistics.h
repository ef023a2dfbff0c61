/* SPDX-License-Identifier: GPL-2.0 */
/* cells/<id>/statistics: counters of a cell, and cpu<n>/ below with those of each of its CPUs. */
#ifndef DRIVER_STATISTICS_H
#define DRIVER_STATISTICS_H

#include <linux/cpumask.h>

struct cell;
struct statistics;

/* The directory below the cell's, without CPUs; NULL: no memory. */
struct statistics *statistics_add(struct cell *cell);
/* Away with it; no CPU may be left in it. */
void statistics_remove(struct statistics *statistics);

/* A directory for each of the CPUs below this one; 0 or negative errno, then there is none. */
int statistics_add_cpus(struct statistics *statistics, const struct cpumask *cpus);
/* Away with all CPU directories, wherever they are. */
void statistics_remove_cpus(void);
/* The CPUs change their cell. */
void statistics_move_cpus(struct statistics *to, const struct cpumask *cpus);

#endif
