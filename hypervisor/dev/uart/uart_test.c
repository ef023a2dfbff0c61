// SPDX-License-Identifier: GPL-2.0
/* Every row in front of the same model of an 8250 that needs some polls per byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <dev/uart/uart.h>
#include <host/fake_pio.h>

#define BASE 0x2f8

static struct {
	u8 divider[2], lcr, ier, mdr;
	bool mdr_written;
	unsigned busy;		/* status reads until the next byte fits; ~0: for ever */
	unsigned cost;		/* busy after each byte */
	unsigned looks;		/* status reads in all */
	unsigned width;		/* the only width this model takes */
	char text[32];
	unsigned length;
} chip;

static u8 chip_read(unsigned reg, unsigned width)
{
	assert_int_equal(width, chip.width);
	assert_int_equal(reg, 5);
	chip.looks++;
	if (chip.busy == 0)
		return 0x60;
	if (chip.busy != ~0U)
		chip.busy--;
	return 0x00;
}

static void chip_write(unsigned reg, unsigned width, u8 value)
{
	assert_int_equal(width, chip.width);
	switch (reg) {
	case 0:
		if (chip.lcr & 0x80) {
			chip.divider[0] = value;
			return;
		}
		assert_int_equal(chip.busy, 0);
		assert_true(chip.length < sizeof(chip.text) - 1);
		chip.text[chip.length++] = (char)value;
		chip.busy = chip.cost;
		return;
	case 1:
		*(chip.lcr & 0x80 ? &chip.divider[1] : &chip.ier) = value;
		return;
	case 3:
		chip.lcr = value;
		return;
	case 8:
		chip.mdr = value;
		chip.mdr_written = true;
		return;
	default:
		fail_msg("write to register %u", reg);
	}
}

static u32 pio_chip_read(u16 port, unsigned width)
{
	return chip_read(port - BASE, width);
}

static void pio_chip_write(u16 port, unsigned width, u32 value)
{
	chip_write(port - BASE, width, (u8)value);
}

static const struct fake_ports ports = { pio_chip_read, pio_chip_write };

static u64 window_chip_read(struct fake_window *window, u32 offset, unsigned width)
{
	(void)window;
	return chip_read(offset / width, width);
}

static void window_chip_write(struct fake_window *window, u32 offset, unsigned width, u64 value)
{
	(void)window;
	chip_write(offset / width, width, (u8)value);
}

static void window_tick(struct fake_window *window)
{
	(void)window;
}

static struct fake_window window = {
	.size = 0x1000, .read = window_chip_read, .write = window_chip_write, .tick = window_tick,
};

static const struct { u16 flags; unsigned width; } ways[] = {
	{ JAILHOUSE_CON_ACCESS_PIO | JAILHOUSE_CON_REGDIST_1, 1 },
	{ JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_1, 1 },
	{ JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4, 4 },
};

static enum status open_way(struct uart *uart, unsigned way, u32 divider, u16 more_flags)
{
	struct jailhouse_console config = {
		.address = BASE, .type = JAILHOUSE_CON_TYPE_8250,
		.flags = ways[way].flags | more_flags, .divider = divider,
	};

	memset(&chip, 0, sizeof(chip));
	chip.width = ways[way].width;
	return uart_open(uart, &config, CON_IS_MMIO(config.flags) ? window.base : NULL);
}

static void write_text(struct uart *uart, const char *text)
{
	while (*text)
		uart_putc(uart, *text++);
}

static void text_arrives_however_slow(void **state)
{
	struct uart uart;
	unsigned way;

	(void)state;
	for (way = 0; way < 3; way++) {
		assert_int_equal(open_way(&uart, way, 0, 0), OK);
		chip.cost = 15;
		write_text(&uart, "Page pool\n100%");
		assert_string_equal(chip.text, "Page pool\r\n100%");
		assert_int_equal(chip.lcr | chip.divider[0] | chip.divider[1], 0);
	}
}

static void a_divider_sets_the_line(void **state)
{
	struct uart uart;
	unsigned way;

	(void)state;
	for (way = 0; way < 3; way++) {
		assert_int_equal(open_way(&uart, way, 0x0123, 0), OK);
		assert_int_equal(chip.divider[0], 0x23);
		assert_int_equal(chip.divider[1], 0x01);
		assert_int_equal(chip.lcr, 0x03);
		assert_false(chip.mdr_written);
		chip.mdr = 7;
		assert_int_equal(open_way(&uart, way, 1, JAILHOUSE_CON_MDR_QUIRK), OK);
		assert_true(chip.mdr_written);
		assert_int_equal(chip.mdr, 0);
	}
}

static void a_dead_port_is_left_alone(void **state)
{
	struct uart uart;
	unsigned looks;

	(void)state;
	assert_int_equal(open_way(&uart, 0, 0, 0), OK);
	chip.busy = ~0U;
	uart_putc(&uart, 'a');
	looks = chip.looks;
	assert_in_range(looks, 2, UART_BUDGET + 1);
	/* One look per character, until it comes back. */
	uart_putc(&uart, 'b');
	assert_int_equal(chip.looks, looks + 1);
	chip.busy = 0;
	uart_putc(&uart, 'c');
	assert_string_equal(chip.text, "c");
	assert_false(uart.stuck);
}

static void only_what_has_a_row(void **state)
{
	struct jailhouse_console config = { .address = BASE, .type = JAILHOUSE_CON_TYPE_NONE };
	struct uart uart;
	unsigned type;

	(void)state;
	assert_int_equal(uart_open(&uart, &config, NULL), OK);
	uart_putc(&uart, 'x');
	for (type = 1; type <= 11; type++) {	/* behind ports there is only one */
		config.type = (u16)type;
		assert_int_equal(uart_open(&uart, &config, NULL),
				 type == JAILHOUSE_CON_TYPE_8250 ? OK : STATUS_UART_TYPE);
	}
	config.flags = JAILHOUSE_CON_ACCESS_MMIO;
	config.type = JAILHOUSE_CON_TYPE_EFIFB;
	assert_int_equal(uart_open(&uart, &config, window.base), STATUS_UART_TYPE);
	config.type = JAILHOUSE_CON_TYPE_SCIF + 1;
	assert_int_equal(uart_open(&uart, &config, window.base), STATUS_UART_TYPE);
	uart_putc(&uart, 'x');
	/* MMIO wants a mapping, ports want none, and are always one byte apart. */
	config.type = JAILHOUSE_CON_TYPE_8250;
	config.flags = JAILHOUSE_CON_ACCESS_MMIO;
	assert_int_equal(uart_open(&uart, &config, NULL), STATUS_UART_TYPE);
	config.flags = JAILHOUSE_CON_ACCESS_PIO;
	assert_int_equal(uart_open(&uart, &config, window.base), STATUS_UART_TYPE);
	config.flags = JAILHOUSE_CON_REGDIST_4;
	assert_int_equal(uart_open(&uart, &config, NULL), STATUS_UART_TYPE);
}

static int set_up(void **state)
{
	(void)state;
	return fake_device_open(&window, &ports);
}

static int tear_down(void **state)
{
	(void)state;
	return fake_device_close(&window);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_arrives_however_slow),
		cmocka_unit_test(a_divider_sets_the_line),
		cmocka_unit_test(a_dead_port_is_left_alone),
		cmocka_unit_test(only_what_has_a_row),
	};

	return cmocka_run_group_tests_name("dev/uart", tests, set_up, tear_down);
}
