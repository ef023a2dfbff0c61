/* SPDX-License-Identifier: GPL-2.0 */
/* The hardware side of port/pio.h on a PC: ports that run the code of a test. */
#ifndef HOST_FAKE_PIO_H
#define HOST_FAKE_PIO_H

#include <jailhouse/types.h>

struct fake_ports {
	u32 (*read)(u16 port, unsigned width);
	void (*write)(u16 port, unsigned width, u32 value);
};

/* Who answers from now on. Accesses while nobody does end the test. */
void fake_ports_open(const struct fake_ports *ports);

#endif
