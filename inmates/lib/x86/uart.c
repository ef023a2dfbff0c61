// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The one kind of UART there is on x86. */
#include <inmate.h>
#include <uart-8250.h>

const struct console_row consoles[] = {
	{ "8250", JAILHOUSE_CON_TYPE_8250, uart_8250_init, uart_8250_write },
	{ "NONE", JAILHOUSE_CON_TYPE_NONE, NULL, NULL },
	{ NULL, 0, NULL, NULL },
};
