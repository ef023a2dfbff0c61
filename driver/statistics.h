/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Counters of exits, asked of the hypervisor when somebody reads. cells/<id>/statistics has those of a
 * cell, and a link cpu<n> for each of its CPUs to cpus/cpu<n>, which is there as long as the driver:
 * giving a CPU away moves a link, and disable has only links to remove.
 */
#ifndef DRIVER_STATISTICS_H
#define DRIVER_STATISTICS_H

#include <linux/cpumask.h>
#include <linux/sysfs.h>

struct cell;

/* The directory below a cell's, without CPUs. */
extern const struct attribute_group statistics_group;

/* cpus/ with a directory for each CPU that can ever be there; 0 or negative errno, then there is none. */
int statistics_register(struct kobject *parent);
void statistics_unregister(void);

/* Links for these CPUs in the cell's directory; 0 or negative errno. They go when the directory goes. */
int statistics_add_cpus(struct cell *cell, const struct cpumask *cpus);
/* The CPUs change their cell. */
void statistics_move_cpus(struct cell *from, struct cell *to, const struct cpumask *cpus);

#endif
