/* SPDX-License-Identifier: GPL-2.0 */
/* The page tables on which CPUs walk from Linux into the hypervisor and back. */
#ifndef DRIVER_TRANSITION_H
#define DRIVER_TRANSITION_H

#include <linux/types.h>

#include "enter.h"

struct transition {
	void *area;	/* CELLBLOCK_TRANSITION_PAGES zeroed pages */
	u64 area_phys;
	u64 image_phys;	/* start of hypervisor memory: what the image's link address will show ... */
	u64 image_size;	/* ... and how much of it, page aligned, at most IMAGE_AREA_LIMIT */
	u64 entry;	/* offset of the entry code from there */
};

/* Fills the area and says through which door CPUs enter. Returns 0, or a refusal. */
int transition_fill(const struct transition *transition, struct door *door);

#endif
