/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* For machines of the bench: one window, like the root cell that Jailhouse was measured with. */

#define MACHINE_WINDOWS		1
#define MACHINE_WINDOW_REGIONS	PAIR_REGIONS
#define MACHINE_WINDOW_SECTIONS	PAIR_SECTIONS(0, 0)
#define MACHINE_WINDOW_DEVICES	LINK_DEVICE(PAIR, 0, 0)
