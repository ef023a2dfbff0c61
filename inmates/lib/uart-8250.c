// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The 8250 behind ports, bytes or words of memory. */
#include <inmate.h>
#include <uart-8250.h>

#define UART_DATA	0	/* with DLAB: low byte of the divider */
#define UART_IER	1	/* with DLAB: high byte */
#define UART_LCR	3
#define  UART_LCR_8N1	0x03
#define  UART_LCR_DLAB	0x80
#define UART_LSR	5
#define  UART_LSR_THRE	0x20
#define UART_MDR1	8	/* of TI's */
#define  UART_MDR1_16X	0

static struct {
	u64 base;
	bool mmio, words;
} uart;

static void write_register(unsigned int reg, u8 value)
{
	if (!uart.mmio)
		uart_port_write((u16)(uart.base + reg), value);
	else if (uart.words)
		mmio_write32((void *)(uart.base + 4 * reg), value);
	else
		mmio_write8((void *)(uart.base + reg), value);
}

static u8 read_register(unsigned int reg)
{
	if (!uart.mmio)
		return uart_port_read((u16)(uart.base + reg));
	if (uart.words)
		return (u8)mmio_read32((void *)(uart.base + 4 * reg));
	return mmio_read8((void *)(uart.base + reg));
}

void uart_8250_init(struct jailhouse_console *console)
{
	uart.base = console->address;
	uart.mmio = CON_IS_MMIO(console->flags);
	uart.words = !CON_USES_REGDIST_1(console->flags);
	if (uart.mmio)
		map_range((void *)uart.base, PAGE_SIZE, MAP_UNCACHED);
	if (!console->divider)
		return;
	if (CON_HAS_MDR_QUIRK(console->flags))
		write_register(UART_MDR1, UART_MDR1_16X);
	write_register(UART_LCR, UART_LCR_DLAB);
	write_register(UART_DATA, (u8)console->divider);
	write_register(UART_IER, (u8)(console->divider >> 8));
	write_register(UART_LCR, UART_LCR_8N1);
}

void uart_8250_write(char c)
{
	while (!(read_register(UART_LSR) & UART_LSR_THRE))
		cpu_relax();
	write_register(UART_DATA, (u8)c);
}
