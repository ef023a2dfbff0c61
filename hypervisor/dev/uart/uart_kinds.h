/* SPDX-License-Identifier: GPL-2.0 */
/* Rows for the tables of each architecture: the chips behind ports, and those behind memory. */
#ifndef DEV_UART_UART_KINDS_H
#define DEV_UART_UART_KINDS_H

#include <dev/uart/uart.h>

#define UART_MMIO	JAILHOUSE_CON_ACCESS_MMIO
#define UART_WAY	(JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4)	/* tells the 8250s apart */

/* 16550A data sheet, register table: LSR.THRE and THR. */
#define UART_8250(way, lsr, width)							\
	{ JAILHOUSE_CON_TYPE_8250, UART_WAY, way, lsr, 0x00, width, width, 5, 1, 0 }
#define UART_ROWS_8250_PIO								\
	UART_8250(0, 5, 8)
#define UART_ROWS_8250_MMIO								\
	UART_8250(UART_MMIO, 5, 8),							\
	UART_8250(UART_WAY, 20, 32)

#define UART_SIMPLE(type, ...)	{ JAILHOUSE_CON_TYPE_##type, UART_MMIO, UART_MMIO, __VA_ARGS__ }
/*
 * Status, data, their widths, bit, ready, used; by chip: FR.TXFF, SR.TXFULL, STAT.TX_FIFO_FUL, UTS.TXFULL,
 * STAT.TDRE. The small Renesas data register has 8 bits; their FSR.TDFE and TEND are cleared by hand.
 */
#define UART_ROWS_SIMPLE								\
	UART_SIMPLE(PL011,	0x18, 0x00, 32, 32, 5, 0, 0),				\
	UART_SIMPLE(XUARTPS,	0x2c, 0x30, 32, 32, 4, 0, 0),				\
	UART_SIMPLE(MVEBU,	0x0c, 0x04, 32, 32, 11, 0, 0),				\
	UART_SIMPLE(IMX,	0xb4, 0x40, 32, 32, 4, 0, 0),				\
	UART_SIMPLE(IMX_LPUART,	0x14, 0x1c, 32, 32, 23, 1, 0),				\
	UART_SIMPLE(HSCIF,	0x10, 0x0c, 16, 8, 5, 1, 0x60),				\
	UART_SIMPLE(SCIF,	0x10, 0x0c, 16, 8, 5, 1, 0x60),				\
	UART_SIMPLE(SCIFA,	0x14, 0x20, 16, 8, 5, 1, 0x60)

#define UART_ROWS_END { .type = JAILHOUSE_CON_TYPE_NONE }

#endif
