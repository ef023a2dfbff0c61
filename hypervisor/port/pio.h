/* SPDX-License-Identifier: GPL-2.0 */
/*
 * I/O ports, on machines that have them. Each call is exactly one access of that width, in program
 * order with every other access to devices.
 */
#ifndef PORT_PIO_H
#define PORT_PIO_H

#include <jailhouse/types.h>

u8 port_in8(u16 port);
u16 port_in16(u16 port);
u32 port_in32(u16 port);
void port_out8(u16 port, u8 value);
void port_out16(u16 port, u16 value);
void port_out32(u16 port, u32 value);

#endif
