/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* The 8250 as a console_row needs it; the architecture says what a port is. */
#ifndef _INMATE_UART_8250_H
#define _INMATE_UART_8250_H

#include <inmate.h>

void uart_8250_init(struct jailhouse_console *console);
void uart_8250_write(char c);

#endif
