/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Data that every inmate begins with. */
#include <inmate.h>

	/* The first 2 MiB at their own addresses; map_range adds to these. */
	.data
	.balign 0x1000
	.globl page_map_level_4
page_map_level_4:
	.quad page_directory_pointers + PTE_TABLE
	.fill 511, 8, 0
page_directory_pointers:
	.quad page_directory + PTE_TABLE
	.fill 511, 8, 0
page_directory:
	.quad PTE_CACHED
	.fill 511, 8, 0

	/* The default command line; an inmate with CMDLINE_BUFFER brings its own. */
	.section ".cmdline.default", "a"
	.weak cmdline
cmdline:
	.fill 256, 1, 0
