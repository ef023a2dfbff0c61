// SPDX-License-Identifier: GPL-2.0
/* The debug console's serial port: choosing the row, and sending with a bounded wait. */
#include <dev/uart/uart.h>
#include <port/poll.h>

static const struct uart_ops *row_of(const struct jailhouse_console *config)
{
	if (config->type != JAILHOUSE_CON_TYPE_8250)
		return NULL;
	if (!CON_IS_MMIO(config->flags))
		return CON_USES_REGDIST_1(config->flags) ? &uart_8250_pio : NULL;
	return CON_USES_REGDIST_1(config->flags) ? &uart_8250_mmio8 : &uart_8250_mmio32;
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
	if (uart->divider)
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
