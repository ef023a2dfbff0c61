/* SPDX-License-Identifier: GPL-2.0 */
/* The serial ports a PC has. */
#include <dev/uart/uart_kinds.h>

const struct uart_kind uart_kinds[] = {
	UART_ROWS_8250_PIO,
	UART_ROWS_8250_MMIO,
	UART_ROWS_END,
};
