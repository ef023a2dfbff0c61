/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The debug console's serial port: output only, never interrupts, never waits for ever. The
 * config's console type and flags choose a row of operations. Frame buffers have none.
 */
#ifndef DEV_UART_UART_H
#define DEV_UART_UART_H

#include <base/status.h>
#include <jailhouse/console.h>

struct uart;

struct uart_ops {
	void (*init)(const struct uart *uart);	/* line settings, with a divider only; NULL: none */
	bool (*can_send)(const struct uart *uart);
	void (*send)(const struct uart *uart, u8 byte);
	/* Chips that are a status and a data register, and no more to us. */
	u8 status, data;	/* offsets */
	u8 width;		/* bits of the status register */
	u32 mask, ready;	/* status & mask == ready: a byte fits */
	u16 used;		/* status bits to be cleared after each byte */
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

/* 8250 behind ports, and behind memory with registers 1 byte or 4 bytes apart. */
extern const struct uart_ops uart_8250_pio, uart_8250_mmio8, uart_8250_mmio32;
/* Always behind memory. */
extern const struct uart_ops uart_pl011, uart_xuartps, uart_mvebu, uart_hscif, uart_scif, uart_scifa,
	uart_imx, uart_lpuart;

/*
 * The rows an image has, up to one without ops: type, and the flags that tell it from others. Each arch/
 * folder has its own table, and the PC has one with all, so a row that a table does not name is not
 * linked.
 */
struct uart_kind {
	u16 type;		/* JAILHOUSE_CON_TYPE_* */
	u16 mask, flags;	/* JAILHOUSE_CON_ACCESS_*, JAILHOUSE_CON_REGDIST_* */
	const struct uart_ops *ops;
};
extern const struct uart_kind uart_kinds[];

#endif
