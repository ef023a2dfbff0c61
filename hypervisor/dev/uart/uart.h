/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The debug console's serial port: output only, never interrupts, never waits for ever. The
 * config's console type and flags choose a row of a table. Frame buffers have none.
 */
#ifndef DEV_UART_UART_H
#define DEV_UART_UART_H

#include <base/status.h>
#include <jailhouse/console.h>

/*
 * A kind of chip: all that sending needs is a status and a data register. An image has a list of them up
 * to one of type NONE; each arch/ folder has its own, and the PC has one with all.
 */
struct uart_kind {
	u8 type;		/* JAILHOUSE_CON_TYPE_* */
	u8 mask, flags;		/* JAILHOUSE_CON_ACCESS_*, JAILHOUSE_CON_REGDIST_* that tell it from others */
	u8 status, data;	/* offsets of the registers */
	u8 status_width, data_width;	/* bits; behind ports always 8 */
	u8 bit, ready;		/* a byte fits when this bit of the status is 0 or 1 */
	u8 used;		/* status bits to be cleared after each byte */
};
extern const struct uart_kind uart_kinds[];

struct uart {
	const struct uart_kind *kind;	/* NULL: silent */
	volatile u8 *registers;		/* MMIO: mapped; NULL: ports */
	u16 port;
	bool stuck;			/* it did not take the last byte within UART_BUDGET polls */
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

#endif
