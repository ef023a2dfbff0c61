// SPDX-License-Identifier: GPL-2.0
/* The debug console's serial port: choosing the row, line settings, and sending with a bounded wait. */
#include <dev/uart/uart.h>
#include <port/mmio.h>
#include <port/pio.h>
#include <port/poll.h>

/*
 * Line settings of chips that have some, made with a divider only; of others they stay as the firmware
 * made them. 16550A data sheet, register table; PL011: DDI 0183, 3.3.5.
 */
static const struct uart_step {
	u8 type, reg;		/* number of the register, not its offset */
	u8 shift;
	bool quirk;		/* only with JAILHOUSE_CON_MDR_QUIRK */
	u16 divider;		/* mask of the divider's bits, above shift, to be written */
	u16 value;		/* beside them */
} uart_steps[] = {
	{ JAILHOUSE_CON_TYPE_8250, 3, 0, false, 0, 0x80 },	/* LCR: DLAB */
	{ JAILHOUSE_CON_TYPE_8250, 0, 0, false, 0xff, 0 },
	{ JAILHOUSE_CON_TYPE_8250, 1, 8, false, 0xff, 0 },
	{ JAILHOUSE_CON_TYPE_8250, 3, 0, false, 0, 0x03 },	/* LCR: 8N1 */
	{ JAILHOUSE_CON_TYPE_8250, 1, 0, false, 0, 0 },	/* IER: no interrupts */
	{ JAILHOUSE_CON_TYPE_8250, 8, 0, true, 0, 0 },	/* MDR1: 16x oversampling */
	{ JAILHOUSE_CON_TYPE_PL011, 12, 0, false, 0, 0 },	/* CR: off */
	{ JAILHOUSE_CON_TYPE_PL011, 9, 0, false, 0xffff, 0 },	/* IBRD */
	{ JAILHOUSE_CON_TYPE_PL011, 10, 0, false, 0, 0 },	/* FBRD */
	{ JAILHOUSE_CON_TYPE_PL011, 11, 0, false, 0, 0x70 },	/* LCRH: 8 bits, FIFO */
	{ JAILHOUSE_CON_TYPE_PL011, 12, 0, false, 0, 0x301 },	/* CR: on, both ways */
	{ .type = JAILHOUSE_CON_TYPE_NONE },
};

static void uart_write(const struct uart *uart, unsigned offset, unsigned width, u32 value)
{
	volatile u8 *at = uart->registers + offset;

	if (!uart->registers)
		port_out8((u16)(uart->port + offset), (u8)value);
	else if (width == 32)
		port_mmio_write32(at, value);
	else if (width == 16)
		port_mmio_write16(at, (u16)value);
	else
		port_mmio_write8(at, (u8)value);
}

static u32 uart_status(const struct uart *uart)
{
	volatile u8 *at = uart->registers + uart->kind->status;

	if (!uart->registers)
		return port_in8((u16)(uart->port + uart->kind->status));
	switch (uart->kind->status_width) {
	case 8: return port_mmio_read8(at);
	case 16: return port_mmio_read16(at);
	default: return port_mmio_read32(at);
	}
}

static void uart_set_line(const struct uart *uart, u32 divider, u32 flags)
{
	unsigned width = uart->kind->data_width;

	for (const struct uart_step *step = uart_steps; step->type; step++)
		if (step->type == uart->kind->type && (!step->quirk || CON_HAS_MDR_QUIRK(flags)))
			uart_write(uart, step->reg * (width / 8), width,
				   step->value | (divider >> step->shift & step->divider));
}

enum status uart_open(struct uart *uart, const struct jailhouse_console *config,
		      volatile u8 *registers)
{
	const struct uart_kind *kind = uart_kinds;

	*uart = (struct uart) { .kind = NULL };
	if (config->type == JAILHOUSE_CON_TYPE_NONE)
		return OK;
	while (kind->type && (kind->type != config->type || (config->flags & kind->mask) != kind->flags))
		kind++;
	if (!kind->type || CON_IS_MMIO(config->flags) != (registers != NULL))
		return STATUS_UART_TYPE;
	*uart = (struct uart) { .kind = kind, .registers = registers, .port = (u16)config->address };
	if (config->divider)
		uart_set_line(uart, config->divider, config->flags);
	return OK;
}

static void send(struct uart *uart, u8 byte)
{
	const struct uart_kind *kind = uart->kind;
	u32 budget = uart->stuck ? 0 : UART_BUDGET;

	while ((uart_status(uart) >> kind->bit & 1) != kind->ready) {
		if (!port_poll(&budget)) {
			uart->stuck = true;
			return;
		}
	}
	uart->stuck = false;
	uart_write(uart, kind->data, kind->data_width, byte);
	if (kind->used)
		uart_write(uart, kind->status, kind->status_width, uart_status(uart) & ~(u32)kind->used);
}

void uart_putc(struct uart *uart, char c)
{
	if (!uart->kind)
		return;
	if (c == '\n')
		send(uart, '\r');
	send(uart, (u8)c);
}
