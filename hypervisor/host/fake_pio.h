/* SPDX-License-Identifier: GPL-2.0 */
/* The hardware side of port/pio.h on a PC: ports that run the code of a test. */
#ifndef HOST_FAKE_PIO_H
#define HOST_FAKE_PIO_H

#include <host/fake_mmio.h>

struct fake_ports {
	u32 (*read)(u16 port, unsigned width);
	void (*write)(u16 port, unsigned width, u32 value);
};

/* Who answers from now on. Accesses while nobody does end the test. */
void fake_ports_open(const struct fake_ports *ports);

/* A device with a window and ports (or NULL), for the tests of a file; the end counts its violations. */
int fake_device_open(struct fake_window *window, const struct fake_ports *ports);
int fake_device_close(struct fake_window *window);

#endif
