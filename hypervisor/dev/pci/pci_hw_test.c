// SPDX-License-Identifier: GPL-2.0
/* One config space behind a window for bus 0 and behind the ports for every bus. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <dev/pci/pci_hw.h>
#include <host/fake_pio.h>

static u8 space[2][0x1000];	/* function 00:03.1 and function 01:03.1 */
static u32 latch;
static unsigned window_accesses, port_accesses;

static u8 *register_of(u32 bdf, u32 reg, unsigned width)
{
	assert_int_equal(bdf & 0xff, 0x19);
	assert_int_equal(reg % width, 0);
	assert_true(bdf >> 8 < 2);
	return &space[bdf >> 8][reg];
}

static u64 window_get(struct fake_window *window, u32 offset, unsigned width)
{
	u64 value = 0;

	(void)window;
	window_accesses++;
	memcpy(&value, register_of(offset >> 12, offset & 0xfff, width), width);
	return value;
}

static void window_put(struct fake_window *window, u32 offset, unsigned width, u64 value)
{
	(void)window;
	window_accesses++;
	memcpy(register_of(offset >> 12, offset & 0xfff, width), &value, width);
}

static void window_tick(struct fake_window *window)
{
	(void)window;
}

static u8 *latched(u16 port, unsigned width)
{
	assert_in_range(port, 0xcfc, 0xcff);
	assert_int_equal(latch >> 24, 0x80);
	assert_int_equal(latch & 3, 0);
	port_accesses++;
	return register_of(latch >> 8 & 0xffff, (latch & 0xfc) + (port & 3U), width);
}

static u32 ports_get(u16 port, unsigned width)
{
	u32 value = 0;

	memcpy(&value, latched(port, width), width);
	return value;
}

static void ports_put(u16 port, unsigned width, u32 value)
{
	if (port == 0xcf8 && width == 4)
		latch = value;
	else
		memcpy(latched(port, width), &value, width);
}

static const struct fake_ports ports = { ports_get, ports_put };
static struct fake_window window = {
	.size = 0x100000, .read = window_get, .write = window_put, .tick = window_tick,
};

static int set_up(void **state)
{
	unsigned n;

	(void)state;
	for (n = 0; n < sizeof(space); n++)
		space[n >> 12][n & 0xfff] = (u8)(n * 7 + (n >> 8) * 3);
	window_accesses = port_accesses = 0;
	return fake_device_open(&window, &ports);
}

static int tear_down(void **state)
{
	(void)state;
	return fake_device_close(&window);
}

static u32 truth(unsigned bus, unsigned reg, unsigned width)
{
	u32 value = 0;

	memcpy(&value, &space[bus][reg], width);
	return value;
}

static void every_read_by_both_ways(void **state)
{
	struct pci_hw with = { .ecam = window.base, .buses = 1 }, without = { .ecam = NULL };
	unsigned bus, reg, width;

	(void)state;
	for (bus = 0; bus < 2; bus++)
		for (reg = 0; reg < 256; reg++)
			for (width = 1; reg % 4 + width <= 4 && width <= 4; width *= 2) {
				u16 bdf = (u16)(bus << 8 | 0x19);

				assert_int_equal(pci_hw_read(&with, bdf, (u16)reg, width),
						 truth(bus, reg, width));
				assert_int_equal(pci_hw_read(&without, bdf, (u16)reg, width),
						 truth(bus, reg, width));
			}
	assert_int_equal(window_accesses * 3, port_accesses);
}

static void every_write_by_both_ways(void **state)
{
	struct pci_hw hw[2] = { { .ecam = window.base, .buses = 1 }, { .ecam = NULL } };
	unsigned way, reg, width;

	(void)state;
	for (way = 0; way < 2; way++)
		for (reg = 0; reg < 256; reg++)
			for (width = 1; width <= 4 && reg % width == 0; width *= 2) {
				u32 before = truth(0, reg & 0xfc, 4);
				u32 mask = 0xffffffffU >> (32 - 8 * width) << reg % 4 * 8;

				pci_hw_write(&hw[way], 0x19, (u16)reg, width,
					     ~before >> reg % 4 * 8);
				assert_int_equal(truth(0, reg & 0xfc, 4), before ^ mask);
			}
	assert_int_equal(window_accesses, port_accesses);
}

static void extended_registers_need_the_window(void **state)
{
	struct pci_hw hw = { .ecam = window.base, .buses = 1 };
	u32 before;

	(void)state;
	assert_int_equal(pci_hw_read(&hw, 0x19, 0xffc, 4), truth(0, 0xffc, 4));
	pci_hw_write(&hw, 0x19, 0x100, 2, 0x1234);
	assert_int_equal(truth(0, 0x100, 2), 0x1234);
	before = truth(1, 0x100, 4);
	assert_int_equal(pci_hw_read(&hw, 0x119, 0x100, 2), 0xffff);
	assert_int_equal(pci_hw_read(&hw, 0x119, 0x101, 2), 0xffff);
	pci_hw_write(&hw, 0x119, 0x100, 4, ~before);
	assert_int_equal(truth(1, 0x100, 4), before);
	assert_int_equal(port_accesses, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(every_read_by_both_ways, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_write_by_both_ways, set_up, tear_down),
		cmocka_unit_test_setup_teardown(extended_registers_need_the_window, set_up,
						tear_down),
	};

	return cmocka_run_group_tests_name("dev/pci", tests, NULL, NULL);
}
