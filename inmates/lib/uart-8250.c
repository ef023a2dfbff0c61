// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The 8250 behind ports, bytes or words of memory. */
#include <inmate.h>

#define UART_DATA	0	/* with DLAB: low byte of the divider */
#define UART_IER	1	/* with DLAB: high byte */
#define UART_LCR	3
#define  UART_LCR_8N1	0x03
#define  UART_LCR_DLAB	0x80
#define UART_LSR	5
#define  UART_LSR_THRE	0x20

static struct {
	u64 base;
	bool mmio, words;
} uart;

static void write_register(unsigned int reg, u8 value)
{
	if (!uart.mmio)
		outb(value, (u16)(uart.base + reg));
	else if (uart.words)
		mmio_write32((void *)(uart.base + 4 * reg), value);
	else
		mmio_write8((void *)(uart.base + reg), value);
}

static u8 read_register(unsigned int reg)
{
	if (!uart.mmio)
		return inb((u16)(uart.base + reg));
	if (uart.words)
		return (u8)mmio_read32((void *)(uart.base + 4 * reg));
	return mmio_read8((void *)(uart.base + reg));
}

static void uart_init(struct jailhouse_console *console)
{
	uart.base = console->address;
	uart.mmio = CON_IS_MMIO(console->flags);
	uart.words = !CON_USES_REGDIST_1(console->flags);
	if (uart.mmio)
		map_range((void *)uart.base, PAGE_SIZE, MAP_UNCACHED);
	if (!console->divider)
		return;
	write_register(UART_LCR, UART_LCR_DLAB);
	write_register(UART_DATA, (u8)console->divider);
	write_register(UART_IER, (u8)(console->divider >> 8));
	write_register(UART_LCR, UART_LCR_8N1);
}

static void uart_write(char c)
{
	while (!(read_register(UART_LSR) & UART_LSR_THRE))
		cpu_relax();
	write_register(UART_DATA, (u8)c);
}

const struct console_row consoles[] = {
	{ "8250", JAILHOUSE_CON_TYPE_8250, uart_init, uart_write },
	{ "NONE", JAILHOUSE_CON_TYPE_NONE, NULL, NULL },
	{ NULL, 0, NULL, NULL },
};
