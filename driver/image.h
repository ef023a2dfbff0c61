/* SPDX-License-Identifier: GPL-2.0 */
/* The hypervisor image: which file, whether it fits, and how it gets into memory. */
#ifndef DRIVER_IMAGE_H
#define DRIVER_IMAGE_H

#include <linux/sizes.h>
#include <linux/types.h>

#include <jailhouse/header.h>

struct firmware;

/* Pages of the image, whatever those of Linux are. */
#define IMAGE_PAGE SZ_4K
/* How much of the claimed memory the transition tables can show. */
#define IMAGE_AREA_LIMIT ((u64)CELLBLOCK_TRANSITION_PT_PAGES << 21)

/* The image for this CPU, or a refusal. Release with release_firmware. */
int image_request(const struct firmware **image);
/* Header is ours, everything fits in size bytes with so many CPUs and so long a config. */
int image_check(const struct firmware *image, unsigned int max_cpus, u32 config_size, u64 size);
/* Copies image and config to the claimed memory, zeroes the rest of core and per-CPU areas. */
void image_place(const struct firmware *image, unsigned int max_cpus);
/* All of that, with what was filled in since, is there for CPUs that enter with caches off. */
void image_sync(unsigned int max_cpus);
/* Offset of the config copy behind core and per-CPU areas. */
u64 image_config_offset(const struct jailhouse_header *header, unsigned int max_cpus);

#endif
