/* SPDX-License-Identifier: GPL-2.0 */
/* For tests a PC has every kind of serial port. */
#include <dev/uart/uart_kinds.h>

const struct uart_kind uart_kinds[] = {
	UART_ROWS_8250_PIO,
	UART_ROWS_8250_MMIO,
	UART_ROWS_SIMPLE,
	UART_ROWS_END,
};
