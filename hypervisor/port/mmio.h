/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Device registers in memory. Each call is exactly one access of that width, in program order with
 * every other access to device memory and after every write to normal memory that precedes it. The
 * address is naturally aligned and lies in a window the hypervisor has mapped uncached.
 */
#ifndef PORT_MMIO_H
#define PORT_MMIO_H

#include <jailhouse/types.h>

u8 port_mmio_read8(volatile const void *address);
u16 port_mmio_read16(volatile const void *address);
u32 port_mmio_read32(volatile const void *address);
u64 port_mmio_read64(volatile const void *address);
void port_mmio_write8(volatile void *address, u8 value);
void port_mmio_write16(volatile void *address, u16 value);
void port_mmio_write32(volatile void *address, u32 value);
void port_mmio_write64(volatile void *address, u64 value);

#endif
