/* SPDX-License-Identifier: GPL-2.0 */
/* What the pure floors and the device drivers ask of this machine: port/{mmio,pio,poll}.h. */
#include <arch/arm64/sysreg.h>
#include <base/bits.h>
#include <port/mmio.h>
#include <port/pio.h>
#include <port/poll.h>

/*
 * Device-nGnRE memory keeps the order of accesses; what normal memory holds goes out before a write. Where
 * nothing answers, vector 4 of entry.S does: the value is in x16, x17 is free, and x14 and x15 are where the
 * guest goes on, which the abort overwrites in ELR_EL2 and SPSR_EL2.
 */
#define ACCESS(instruction, width, operand, address)					\
	asm volatile("mrs x14, elr_el2\n"						\
		     "mrs x15, spsr_el2\n"						\
		     instruction " %" width "0, [%1]"					\
		     : operand : "r"(address) : "x14", "x15", "x17", "memory")
#define MMIO(bits, suffix, width)							\
	__attribute__((noinline)) u##bits port_mmio_read##bits(volatile const void *address)			\
	{										\
		register u##bits value asm("x16");					\
		ACCESS("ldr" suffix, width, "=r"(value), address);			\
		dsb(ld);								\
		return value;								\
	}										\
	__attribute__((noinline)) void port_mmio_write##bits(volatile void *address, u##bits value)		\
	{										\
		register u##bits held asm("x16");					\
		dsb(st);								\
		held = value;								\
		ACCESS("str" suffix, width, "+r"(held), address);			\
	}
MMIO(8, "b", "w")
MMIO(16, "h", "w")
MMIO(32, "", "w")
MMIO(64, "", "x")

/* There are no I/O ports: as on a bus without a device. */
#define PIO(bits)									\
	u##bits port_in##bits(u16 port)							\
	{										\
		(void)port;								\
		return (u##bits)~0U;							\
	}										\
	void port_out##bits(u16 port, u##bits value)					\
	{										\
		(void)port;								\
		(void)value;								\
	}
PIO(8)
PIO(16)
PIO(32)

bool port_poll(u32 *budget)
{
	if (*budget == 0)
		return false;
	(*budget)--;
	asm volatile("yield");
	return true;
}

/* CTR_EL0.DminLine: words of the smallest line, as a power of two. */
void port_cache_flush(const void *start, u64 size)
{
	u64 line = 4ULL << id_field(read_sysreg(ctr_el0), 16);
	u64 first = align_down((u64)start, line);

	for (u64 at = first; at < (u64)start + size; at += line)
		asm volatile("dc civac, %0" : : "r"(at) : "memory");
	dsb(sy);
}
