// SPDX-License-Identifier: GPL-2.0
/* A PC that pretends to have I/O ports. */
#include <stdio.h>
#include <stdlib.h>

#include <host/fake_pio.h>
#include <port/pio.h>

static const struct fake_ports *open_ports;

void fake_ports_open(const struct fake_ports *ports)
{
	open_ports = ports;
}

int fake_device_open(struct fake_window *window, const struct fake_ports *ports)
{
	fake_window_open(window);
	fake_ports_open(ports);
	return 0;
}

int fake_device_close(struct fake_window *window)
{
	fake_ports_open(NULL);
	fake_window_close(window);
	return (int)fake_violations();
}

static const struct fake_ports *ports_at(u16 port)
{
	if (open_ports)
		return open_ports;
	fprintf(stderr, "access to port 0x%x, where nothing is\n", port);
	abort();
}

u8 port_in8(u16 port)
{
	return (u8)ports_at(port)->read(port, 1);
}

u16 port_in16(u16 port)
{
	return (u16)ports_at(port)->read(port, 2);
}

u32 port_in32(u16 port)
{
	return ports_at(port)->read(port, 4);
}

void port_out8(u16 port, u8 value)
{
	ports_at(port)->write(port, 1, value);
}

void port_out16(u16 port, u16 value)
{
	ports_at(port)->write(port, 2, value);
}

void port_out32(u16 port, u32 value)
{
	ports_at(port)->write(port, 4, value);
}
