// SPDX-License-Identifier: GPL-2.0
/* The debug console's serial port: choosing the row, and sending with a bounded wait. */
#include <dev/uart/uart.h>
#include <port/poll.h>

static const struct uart_ops *row_of(const struct jailhouse_console *config)
{
	const struct uart_kind *kind = uart_kinds;

	while (kind->ops && (kind->type != config->type || (config->flags & kind->mask) != kind->flags))
		kind++;
	return kind->ops;
}

enum status uart_open(struct uart *uart, const struct jailhouse_console *config,
		      volatile u8 *registers)
{
	const struct uart_ops *ops = row_of(config);

	*uart = (struct uart) { .ops = NULL };
	if (config->type == JAILHOUSE_CON_TYPE_NONE)
		return OK;
	if (!ops || CON_IS_MMIO(config->flags) != (registers != NULL))
		return STATUS_UART_TYPE;
	*uart = (struct uart) {
		.ops = ops,
		.registers = registers,
		.port = (u16)config->address,
		.divider = config->divider,
		.flags = config->flags,
	};
	if (uart->divider && ops->init)
		ops->init(uart);
	return OK;
}

/* False: the port did not get ready. */
static bool wait_ready(struct uart *uart)
{
	u32 budget = uart->stuck ? 0 : UART_BUDGET;

	while (!uart->ops->can_send(uart))
		if (!budget || !port_poll(&budget))
			return false;
	return true;
}

static void send(struct uart *uart, u8 byte)
{
	uart->stuck = !wait_ready(uart);
	if (!uart->stuck)
		uart->ops->send(uart, byte);
}

void uart_putc(struct uart *uart, char c)
{
	if (!uart->ops)
		return;
	if (c == '\n')
		send(uart, '\r');
	send(uart, (u8)c);
}
