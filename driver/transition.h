/* SPDX-License-Identifier: GPL-2.0 */
/* The page tables on which CPUs walk from Linux into the hypervisor and back. */
#ifndef DRIVER_TRANSITION_H
#define DRIVER_TRANSITION_H

#include <linux/types.h>

struct transition {
	void *area;	/* CELLBLOCK_TRANSITION_PAGES zeroed pages */
	u64 area_phys;
	u64 image_phys;	/* start of hypervisor memory: what CELLBLOCK_IMAGE_BASE will show ... */
	u64 image_size;	/* ... and how much of it, page aligned, at most IMAGE_AREA_LIMIT */
};

/*
 * Fills the area with a copy of Linux's kernel half plus the image. Returns 0 with the physical
 * address of the top table in *root, or a negative errno with a refusal.
 */
int transition_fill(const struct transition *transition, u64 *root);

#endif
