/* SPDX-License-Identifier: GPL-2.0 */
/* The serial ports a PC has. */
#include <dev/uart/uart.h>

#define WAY (JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4)

const struct uart_kind uart_kinds[] = {
	{ JAILHOUSE_CON_TYPE_8250, WAY, JAILHOUSE_CON_ACCESS_PIO | JAILHOUSE_CON_REGDIST_1, &uart_8250_pio },
	{ JAILHOUSE_CON_TYPE_8250, WAY, JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_1, &uart_8250_mmio8 },
	{ JAILHOUSE_CON_TYPE_8250, WAY, WAY, &uart_8250_mmio32 },
	{ 0, 0, 0, NULL },
};
