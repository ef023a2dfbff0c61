/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The debug console's serial port: output only, never interrupts, never waits for ever. The
 * config's console type and flags choose a row of operations. Frame buffers have no row.
 */
#ifndef DEV_UART_UART_H
#define DEV_UART_UART_H

#include <base/status.h>
#include <jailhouse/console.h>

struct uart;

struct uart_ops {
	void (*init)(const struct uart *uart);	/* line settings; only called with a divider */
	bool (*can_send)(const struct uart *uart);
	void (*send)(const struct uart *uart, u8 byte);
};

struct uart {
	const struct uart_ops *ops;	/* NULL: silent */
	volatile u8 *registers;		/* MMIO: mapped; NULL: ports */
	u16 port;
	bool stuck;			/* it did not take the last byte within UART_BUDGET polls */
	u32 divider;
	u32 flags;			/* JAILHOUSE_CON_* */
};

#define UART_BUDGET 20000U	/* polls per byte; a byte takes 1 ms at 9600 baud */

/*
 * registers is where config->address is mapped, NULL for ports. Type NONE opens a silent console.
 * STATUS_UART_TYPE: no driver for this type, or MMIO without a mapping; the console is then silent.
 */
enum status uart_open(struct uart *uart, const struct jailhouse_console *config,
		      volatile u8 *registers) MUST_USE;

/*
 * Send one character, a line feed as carriage return and line feed. A port that does not get ready
 * loses it, and from then on gets a single look per character until it is ready again.
 */
void uart_putc(struct uart *uart, char c);

/* Rows: 8250 behind ports, and behind memory with registers 1 byte or 4 bytes apart. */
extern const struct uart_ops uart_8250_pio, uart_8250_mmio8, uart_8250_mmio32;

#endif
