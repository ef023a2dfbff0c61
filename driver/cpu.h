/* SPDX-License-Identifier: GPL-2.0 */
/* CPUs leave Linux and come back. */
#ifndef DRIVER_CPU_H
#define DRIVER_CPU_H

#include <linux/cpumask.h>

struct cell_view;

/* The CPU set of a config as a mask; a CPU this Linux cannot have is refused. */
int cpu_mask(const struct cell_view *view, struct cpumask *mask);
/*
 * Takes the online CPUs of wanted offline and notes them in offlined. On failure those that went
 * come back and the failure is refused.
 */
int cpu_take(const struct cpumask *wanted, struct cpumask *offlined);
/* Brings the noted CPUs back. */
void cpu_give_back(struct cpumask *offlined);
/* Exactly these CPUs are online, or a refusal saying for what. */
int cpu_check_online(const struct cpumask *wanted, int error, const char *what);

#endif
