/* SPDX-License-Identifier: GPL-2.0 */
/* All DMA-remapping units of the config together. */
#ifndef BOOT_UNITS_H
#define BOOT_UNITS_H

#include <base/status.h>

struct cpu;

/* Map and probe every unit the config lists. */
enum status units_probe(struct refusal *refusal) MUST_USE;
/* Put machine.now in force; on a refusal those already started are stopped again. */
enum status units_start(struct refusal *refusal) MUST_USE;
/* Swap every unit to machine.next. */
enum status units_commit(struct refusal *refusal) MUST_USE;
/* Does any walk tables that nobody knows? Then no more memory may come into use. */
bool units_stuck(void);
void units_stop(void);
/* Read, explain and clear recorded faults; a bounded number per call. */
void units_poll_faults(void);

#endif
