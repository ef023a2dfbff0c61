/* SPDX-License-Identifier: GPL-2.0 */
/* Rows for the tables of each architecture: the chips behind ports, and those behind memory. */
#ifndef DEV_UART_UART_KINDS_H
#define DEV_UART_UART_KINDS_H

#include <dev/uart/uart.h>

#define UART_MMIO	JAILHOUSE_CON_ACCESS_MMIO
#define UART_WAY	(JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4)	/* tells the 8250s apart */

#define UART_ROWS_8250_PIO								\
	{ JAILHOUSE_CON_TYPE_8250, UART_WAY, 0, &uart_8250_pio }

#define UART_ROWS_8250_MMIO								\
	{ JAILHOUSE_CON_TYPE_8250, UART_WAY, UART_MMIO, &uart_8250_mmio8 },		\
	{ JAILHOUSE_CON_TYPE_8250, UART_WAY, UART_WAY, &uart_8250_mmio32 }

#define UART_ROWS_SIMPLE								\
	{ JAILHOUSE_CON_TYPE_PL011, UART_MMIO, UART_MMIO, &uart_pl011 },		\
	{ JAILHOUSE_CON_TYPE_XUARTPS, UART_MMIO, UART_MMIO, &uart_xuartps },		\
	{ JAILHOUSE_CON_TYPE_MVEBU, UART_MMIO, UART_MMIO, &uart_mvebu },		\
	{ JAILHOUSE_CON_TYPE_HSCIF, UART_MMIO, UART_MMIO, &uart_hscif },		\
	{ JAILHOUSE_CON_TYPE_SCIFA, UART_MMIO, UART_MMIO, &uart_scifa },		\
	{ JAILHOUSE_CON_TYPE_IMX, UART_MMIO, UART_MMIO, &uart_imx },			\
	{ JAILHOUSE_CON_TYPE_IMX_LPUART, UART_MMIO, UART_MMIO, &uart_lpuart },		\
	{ JAILHOUSE_CON_TYPE_SCIF, UART_MMIO, UART_MMIO, &uart_scif }

#define UART_ROWS_END { 0, 0, 0, NULL }

#endif
