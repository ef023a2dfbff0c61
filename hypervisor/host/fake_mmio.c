// SPDX-License-Identifier: GPL-2.0
/* A PC that pretends to have memory-mapped devices. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <dev/iommu/iommu.h>
#include <host/fake_mmio.h>
#include <port/mmio.h>
#include <port/poll.h>

#define FAKE_WINDOWS 4
#define FAKE_POLL_COST (IOMMU_PATIENCE / FAKE_PATIENCE)	/* time flies on a PC */

static struct {
	struct fake_window *windows[FAKE_WINDOWS];
	struct pool *pool;
	u8 *shown;	/* memory as a unit sees it that does not snoop */
	void (*look)(void);
	unsigned violations;
	bool quiet;
	unsigned requests, mute_from, mute_count;
	u32 delay;
} fake;

void fake_violation(const char *format, ...)
{
	va_list args;

	fake.violations++;
	if (fake.quiet)
		return;
	va_start(args, format);
	fprintf(stderr, "violation: ");
	vfprintf(stderr, format, args);
	fprintf(stderr, "\n");
	va_end(args);
}

unsigned fake_violations(void)
{
	unsigned count = fake.violations;

	fake.violations = 0;
	return count;
}

void fake_violations_quiet(bool quiet)
{
	fake.quiet = quiet;
}

void fake_mute(unsigned from, unsigned count, u32 delay)
{
	fake.requests = 0;
	fake.mute_from = from;
	fake.mute_count = count;
	fake.delay = delay;
}

u32 fake_delay(void)
{
	unsigned number = fake.requests++;

	if (number >= fake.mute_from && number - fake.mute_from < fake.mute_count)
		return fake.delay;
	return 0;
}

bool fake_due(u32 *delay)
{
	if (*delay == FAKE_NEVER)
		return false;
	if (*delay == 0)
		return true;
	(*delay)--;
	return false;
}

unsigned fake_requests(void)
{
	return fake.requests;
}

void fake_window_open(struct fake_window *window)
{
	void *base = mmap(NULL, window->size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (base == MAP_FAILED)
		abort();
	window->base = base;
	for (unsigned i = 0; i < FAKE_WINDOWS; i++) {
		if (!fake.windows[i]) {
			fake.windows[i] = window;
			return;
		}
	}
	abort();
}

void fake_window_close(struct fake_window *window)
{
	for (unsigned i = 0; i < FAKE_WINDOWS; i++)
		if (fake.windows[i] == window)
			fake.windows[i] = NULL;
	munmap((void *)window->base, window->size);
}

/* The window an access falls into; accesses to nowhere and unaligned ones end the test. */
static struct fake_window *fake_find(volatile const void *address, unsigned width, u32 *offset)
{
	volatile const u8 *byte = address;

	for (unsigned i = 0; i < FAKE_WINDOWS; i++) {
		struct fake_window *window = fake.windows[i];

		if (!window || byte < window->base || byte + width > window->base + window->size)
			continue;
		*offset = (u32)(byte - window->base);
		if (*offset % width)
			fake_violation("unaligned access at 0x%x", *offset);
		return window;
	}
	fprintf(stderr, "register access outside of any window\n");
	abort();
}

static u64 fake_read(volatile const void *address, unsigned width)
{
	u32 offset;
	struct fake_window *window = fake_find(address, width, &offset);

	return window->read(window, offset, width);
}

static void fake_write(volatile void *address, unsigned width, u64 value)
{
	u32 offset;
	struct fake_window *window = fake_find(address, width, &offset);

	window->write(window, offset, width, value);
}

u8 port_mmio_read8(volatile const void *address)
{
	return (u8)fake_read(address, 1);
}

u16 port_mmio_read16(volatile const void *address)
{
	return (u16)fake_read(address, 2);
}

u32 port_mmio_read32(volatile const void *address)
{
	return (u32)fake_read(address, 4);
}

u64 port_mmio_read64(volatile const void *address)
{
	return fake_read(address, 8);
}

void port_mmio_write8(volatile void *address, u8 value)
{
	fake_write(address, 1, value);
}

void port_mmio_write16(volatile void *address, u16 value)
{
	fake_write(address, 2, value);
}

void port_mmio_write32(volatile void *address, u32 value)
{
	fake_write(address, 4, value);
}

void port_mmio_write64(volatile void *address, u64 value)
{
	fake_write(address, 8, value);
}

bool port_poll(u32 *budget)
{
	if (*budget < FAKE_POLL_COST)
		return false;
	*budget -= FAKE_POLL_COST;
	for (unsigned i = 0; i < FAKE_WINDOWS; i++)
		if (fake.windows[i])
			fake.windows[i]->tick(fake.windows[i]);
	return true;
}

void port_cache_flush(const void *start, u64 size)
{
	u64 phys = pool_phys(fake.pool, start);

	if (!fake_memory_has(phys, size))
		fake_violation("flush of memory outside the pool");
	else
		memcpy(fake.shown + (phys - fake.pool->phys), start, size);
	if (fake.look)
		fake.look();
}

void fake_on_flush(void (*look)(void))
{
	fake.look = look;
}

void fake_memory_open(struct pool *pool)
{
	fake.pool = pool;
	fake.shown = malloc(pool->pages * PAGE_SIZE);
	/* What nobody has flushed is garbage to a unit that does not snoop. */
	memset(fake.shown, 0xa5, pool->pages * PAGE_SIZE);
}

void fake_memory_close(void)
{
	free(fake.shown);
	fake.pool = NULL;
}

bool fake_memory_has(u64 phys, u64 size)
{
	u64 bytes = fake.pool->pages * PAGE_SIZE;

	return phys >= fake.pool->phys && phys - fake.pool->phys < bytes &&
	       bytes - (phys - fake.pool->phys) >= size;
}

u64 fake_memory_read(u64 phys, bool snoop)
{
	u64 value;

	if (!fake_memory_has(phys, sizeof(value))) {
		fake_violation("the unit reads 0x%llx, which is outside the pool", phys);
		return ~0ULL;
	}
	memcpy(&value, (snoop ? fake.pool->base : fake.shown) + (phys - fake.pool->phys),
	       sizeof(value));
	return value;
}

void fake_memory_write(u64 phys, u64 value)
{
	if (!fake_memory_has(phys, sizeof(value)))
		fake_violation("the unit writes 0x%llx, which is outside the pool", phys);
	else
		memcpy(fake.pool->base + (phys - fake.pool->phys), &value, sizeof(value));
}
