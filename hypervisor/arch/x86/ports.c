/* SPDX-License-Identifier: GPL-2.0 */
/* What the pure floors and the device drivers ask of this machine: port/{mmio,pio,poll}.h. */
#include <arch/x86/insn.h>
#include <port/mmio.h>
#include <port/pio.h>
#include <port/poll.h>

#define CACHE_LINE 64

#define MMIO(bits, reg, suffix)							\
	u##bits port_mmio_read##bits(volatile const void *address)		\
	{									\
		u##bits value;							\
		asm volatile("mov" suffix " %1, %0" : "=" reg(value)		\
			     : "m"(*(volatile const u##bits *)address) : "memory"); \
		return value;							\
	}									\
	void port_mmio_write##bits(volatile void *address, u##bits value)	\
	{									\
		asm volatile("mov" suffix " %1, %0" : "=m"(*(volatile u##bits *)address) \
			     : reg(value) : "memory");				\
	}
MMIO(8, "q", "b")
MMIO(16, "r", "w")
MMIO(32, "r", "l")
MMIO(64, "r", "q")

#define PIO(bits, suffix)							\
	u##bits port_in##bits(u16 port)						\
	{									\
		u##bits value;							\
		asm volatile("in" suffix " %1, %0" : "=a"(value) : "Nd"(port));	\
		return value;							\
	}									\
	void port_out##bits(u16 port, u##bits value)				\
	{									\
		asm volatile("out" suffix " %0, %1" : : "a"(value), "Nd"(port));	\
	}
PIO(8, "b")
PIO(16, "w")
PIO(32, "l")

bool port_poll(u32 *budget)
{
	if (*budget == 0)
		return false;
	(*budget)--;
	cpu_relax();
	return true;
}

void port_cache_flush(const void *start, u64 size)
{
	for (u64 offset = 0; offset < size; offset += CACHE_LINE)
		asm volatile("clflush (%0)" : : "r"((const u8 *)start + offset) : "memory");
	asm volatile("mfence" : : : "memory");
}
