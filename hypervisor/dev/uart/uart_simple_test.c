// SPDX-License-Identifier: GPL-2.0
/* Each simple chip in front of a model that knows its two registers from the chip's manual. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <dev/uart/uart.h>
#include <host/fake_pio.h>

/* A byte fits when status & bit is full or empty; width in bytes. */
struct chip {
	u16 type;
	u32 status, data;
	u8 status_width, data_width;
	u32 bit;
	bool set_when_ready;
	bool cleared_by_hand;	/* the status bits of the transmitter stay until written as 0 */
};

static const struct chip chips[] = {
	{ JAILHOUSE_CON_TYPE_PL011, 0x18, 0x00, 4, 4, 1U << 5, false, false },
	{ JAILHOUSE_CON_TYPE_XUARTPS, 0x2c, 0x30, 4, 4, 1U << 4, false, false },
	{ JAILHOUSE_CON_TYPE_MVEBU, 0x0c, 0x04, 4, 4, 1U << 11, false, false },
	{ JAILHOUSE_CON_TYPE_IMX, 0xb4, 0x40, 4, 4, 1U << 4, false, false },
	{ JAILHOUSE_CON_TYPE_IMX_LPUART, 0x14, 0x1c, 4, 4, 1U << 23, true, false },
	{ JAILHOUSE_CON_TYPE_HSCIF, 0x10, 0x0c, 2, 1, 1U << 5, true, true },
	{ JAILHOUSE_CON_TYPE_SCIF, 0x10, 0x0c, 2, 1, 1U << 5, true, true },
	{ JAILHOUSE_CON_TYPE_SCIFA, 0x14, 0x20, 2, 1, 1U << 5, true, true },
};

static const struct chip *chip;
static char text[32];
static unsigned length, busy;
static bool stale;		/* the transmitter's bits have not been cleared since the last byte */
static u32 others;		/* registers beside the two that were written, a bit each */

static u64 chip_read(struct fake_window *window, u32 offset, unsigned width)
{
	bool ready = busy == 0 && !stale;

	(void)window;
	assert_int_equal(offset, chip->status);
	assert_int_equal(width, chip->status_width);
	if (busy)
		busy--;
	return ready == chip->set_when_ready ? chip->bit : 0;
}

static void chip_write(struct fake_window *window, u32 offset, unsigned width, u64 value)
{
	(void)window;
	if (offset == chip->data) {
		assert_int_equal(width, chip->data_width);
		assert_int_equal(busy, 0);
		assert_false(stale);
		text[length++] = (char)value;
		busy = 3;
		stale = chip->cleared_by_hand;
	} else if (offset == chip->status && chip->cleared_by_hand) {
		assert_int_equal(value & 0x60, 0);
		stale = false;
	} else {
		others |= 1U << offset / 4;
	}
}

static void tick(struct fake_window *window)
{
	(void)window;
}

static struct fake_window window = { .size = 0x1000, .read = chip_read, .write = chip_write, .tick = tick };

static void open_chip(struct uart *uart, unsigned n, u32 divider)
{
	const struct jailhouse_console config = { .type = chips[n].type, .divider = divider,
						  .flags = JAILHOUSE_CON_ACCESS_MMIO };

	chip = &chips[n];
	memset(text, 0, sizeof(text));
	length = busy = others = 0;
	stale = false;
	assert_int_equal(uart_open(uart, &config, window.base), OK);
}

static void text_arrives_and_nothing_else_is_touched(void **state)
{
	struct uart uart;

	(void)state;
	for (unsigned n = 0; n < sizeof(chips) / sizeof(chips[0]); n++) {
		open_chip(&uart, n, 0);
		for (const char *c = "a\nbc"; *c; c++)
			uart_putc(&uart, *c);
		assert_string_equal(text, "a\r\nbc");
		assert_int_equal(others, 0);
	}
}

static void only_pl011_sets_its_line(void **state)
{
	struct uart uart;

	(void)state;
	for (unsigned n = 0; n < sizeof(chips) / sizeof(chips[0]); n++) {
		open_chip(&uart, n, 13);
		assert_int_equal(others != 0, chips[n].type == JAILHOUSE_CON_TYPE_PL011);
	}
}

static void a_port_is_not_such_a_chip(void **state)
{
	struct jailhouse_console config = { .type = JAILHOUSE_CON_TYPE_PL011 };
	struct uart uart;

	(void)state;
	assert_int_equal(uart_open(&uart, &config, NULL), STATUS_UART_TYPE);
}

static int set_up(void **state)
{
	(void)state;
	return fake_device_open(&window, NULL);
}

static int tear_down(void **state)
{
	(void)state;
	return fake_device_close(&window);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_arrives_and_nothing_else_is_touched),
		cmocka_unit_test(only_pl011_sets_its_line),
		cmocka_unit_test(a_port_is_not_such_a_chip),
	};

	return cmocka_run_group_tests_name("dev/uart/simple", tests, set_up, tear_down);
}
