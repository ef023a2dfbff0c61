/* SPDX-License-Identifier: GPL-2.0 */
/* For tests of page tables: every format there is, and memory for their pages. */
#ifndef PT_PT_KIT_H
#define PT_PT_KIT_H

#include <pt/pt.h>

#define PAGES 512U
#define RW (PT_READ | PT_WRITE)

static const struct pt_format *const formats[] = {
	&pt_npt, &pt_ept, &pt_vtd, &pt_amdvi, &pt_stage2, &pt_host_x86,
};
#define FORMATS (sizeof(formats) / sizeof(formats[0]))

static _Alignas(65536) u8 memory[PAGES * PAGE_SIZE];
static u8 tags[PAGES];
static struct pool pool;

#endif
