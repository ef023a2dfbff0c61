/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The hardware side of port/mmio.h and port/poll.h on a PC: windows of registers that run code,
 * time that passes with each poll, and memory as a device sees it. Register windows have no access
 * rights, so that code which does not use the port functions dies.
 *
 * What a driver does against the manual is a violation: printed, counted, asserted to be 0 by
 * tests.
 */
#ifndef HOST_FAKE_MMIO_H
#define HOST_FAKE_MMIO_H

#include <base/pool.h>

struct fake_window {
	volatile u8 *base;	/* set by fake_window_open */
	u32 size;
	u64 (*read)(struct fake_window *window, u32 offset, unsigned width);
	void (*write)(struct fake_window *window, u32 offset, unsigned width, u64 value);
	void (*tick)(struct fake_window *window);	/* time passes */
};

void fake_window_open(struct fake_window *window);
void fake_window_close(struct fake_window *window);

/*
 * Physical memory: one pool. Units that do not snoop read what port_cache_flush has shown them.
 * NULL closes it again.
 */
void fake_memory_open(struct pool *pool);
void fake_memory_close(void);
/* Read 64 bits by DMA; an address outside is a violation and reads all ones. */
u64 fake_memory_read(u64 phys, bool snoop);
void fake_memory_write(u64 phys, u64 value);
bool fake_memory_has(u64 phys, u64 size);

/* Called after each flush of memory, as if a unit looked right then; NULL: nobody looks. */
void fake_on_flush(void (*look)(void));

void fake_violation(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Violations since the last call. */
unsigned fake_violations(void);
/* Expected violations are counted without a message. */
void fake_violations_quiet(bool quiet);

/*
 * Requests number from to from + count - 1 since this call are answered delay polls late, or never.
 * A driver's patience ends after FAKE_PATIENCE polls. Every fake asks fake_delay once per request
 * and fake_due in each tick until it is true.
 */
#define FAKE_PATIENCE 1000
#define FAKE_LATE 1500
#define FAKE_NEVER 0xffffffffU
void fake_mute(unsigned from, unsigned count, u32 delay);
u32 fake_delay(void);
bool fake_due(u32 *delay);
/* Requests since the last fake_mute. */
unsigned fake_requests(void);

#endif
