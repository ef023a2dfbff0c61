// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * The UARTs of Arm machines. Each is a row: where the status is, what it must look like before a character
 * may be written, and where that goes. Most are left as firmware has set them up.
 */
#include <inmate.h>
#include <uart-8250.h>

#define PL011_IBRD		0x24
#define PL011_FBRD		0x28
#define PL011_LCRH		0x2c
#define  PL011_LCRH_8N1_FIFO	0x70
#define PL011_CR		0x30
#define  PL011_CR_ON		0x301	/* with transmitter and receiver */

static const struct uart {
	u16 type;
	u8 status, data;	/* offsets */
	u8 status_bits, data_bits;
	u32 mask, ready;	/* status & mask == ready: there is room */
	u32 clear;		/* status bits to take back after each character */
} uarts[] = {
	{ JAILHOUSE_CON_TYPE_PL011, .status = 0x18, .data = 0x00, 32, 32, .mask = 1 << 5 },
	{ JAILHOUSE_CON_TYPE_XUARTPS, .status = 0x2c, .data = 0x30, 32, 32, .mask = 1 << 4 },
	{ JAILHOUSE_CON_TYPE_MVEBU, .status = 0x0c, .data = 0x04, 32, 32, .mask = 1 << 11 },
	{ JAILHOUSE_CON_TYPE_SCIF, .status = 0x10, .data = 0x0c, 16, 8, 0x20, 0x20, .clear = 0x60 },
	{ JAILHOUSE_CON_TYPE_HSCIF, .status = 0x10, .data = 0x0c, 16, 8, 0x20, 0x20, .clear = 0x60 },
	{ JAILHOUSE_CON_TYPE_SCIFA, .status = 0x14, .data = 0x20, 16, 8, 0x20, 0x20, .clear = 0x60 },
	{ JAILHOUSE_CON_TYPE_IMX, .status = 0xb4, .data = 0x40, 32, 32, .mask = 1 << 4 },
	{ JAILHOUSE_CON_TYPE_IMX_LPUART, .status = 0x14, .data = 0x1c, 32, 32, 1 << 23, 1 << 23 },
	{ 0 },
};

static const struct uart *uart;
static u8 *base;

static u32 read_status(void)
{
	return uart->status_bits == 16 ? mmio_read16(base + uart->status) :
					 mmio_read32(base + uart->status);
}

static void uart_init(struct jailhouse_console *console)
{
	for (uart = uarts; uart->type != console->type; uart++)
		;
	base = (u8 *)console->address;
	map_range(base, PAGE_SIZE, MAP_UNCACHED);
}

static void pl011_init(struct jailhouse_console *console)
{
	uart_init(console);
	if (!console->divider)
		return;
	mmio_write32(base + PL011_CR, 0);
	mmio_write32(base + PL011_IBRD, console->divider);
	mmio_write32(base + PL011_FBRD, 0);
	mmio_write32(base + PL011_LCRH, PL011_LCRH_8N1_FIFO);
	mmio_write32(base + PL011_CR, PL011_CR_ON);
}

static void uart_write(char c)
{
	while ((read_status() & uart->mask) != uart->ready)
		cpu_relax();
	if (uart->data_bits == 8)
		mmio_write8(base + uart->data, (u8)c);
	else
		mmio_write32(base + uart->data, (u8)c);
	if (uart->clear)
		mmio_write16(base + uart->status, (u16)(read_status() & ~uart->clear));
}

const struct console_row consoles[] = {
	{ "PL011", JAILHOUSE_CON_TYPE_PL011, pl011_init, uart_write },
	{ "8250", JAILHOUSE_CON_TYPE_8250, uart_8250_init, uart_8250_write },
	{ "XUARTPS", JAILHOUSE_CON_TYPE_XUARTPS, uart_init, uart_write },
	{ "MVEBU", JAILHOUSE_CON_TYPE_MVEBU, uart_init, uart_write },
	{ "HSCIF", JAILHOUSE_CON_TYPE_HSCIF, uart_init, uart_write },
	{ "SCIFA", JAILHOUSE_CON_TYPE_SCIFA, uart_init, uart_write },
	{ "SCIF", JAILHOUSE_CON_TYPE_SCIF, uart_init, uart_write },
	{ "IMX", JAILHOUSE_CON_TYPE_IMX, uart_init, uart_write },
	{ "IMX-LPUART", JAILHOUSE_CON_TYPE_IMX_LPUART, uart_init, uart_write },
	{ "NONE", JAILHOUSE_CON_TYPE_NONE, NULL, NULL },
	{ NULL, 0, NULL, NULL },
};
