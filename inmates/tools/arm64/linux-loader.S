/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The first instructions, wherever the loader was put. A cell's reset state is what Linux wants of its
 * boot loader (Documentation/arch/arm64/booting.rst: MMU off, interrupts masked), so it stays as it is.
 * When a word is missing, the library goes on behind this at address 0; elsewhere it cannot run.
 */
#include <inmate.h>

#define ROOM	0x10000		/* of image and stack */

	.section ".boot.first", "ax"
loader:
	adr	x19, loader
	add	x0, x19, #ROOM
	mov	sp, x0
	mov	x29, xzr
	bl	start_linux
	cbz	x19, library
wait:
	wfi
	b	wait

	/* enter_linux(x0 = kernel, x1 = device tree) */
	.globl enter_linux
enter_linux:
	mov	x4, x0
	mov	x0, x1
	mov	x1, xzr			/* Linux wants these three to be 0 */
	mov	x2, xzr
	mov	x3, xzr
	br	x4
library:
