// SPDX-License-Identifier: GPL-2.0
/* The 8250 and its descendants, behind ports or memory (16550A data sheet, register table). */
#include <dev/uart/uart.h>
#include <port/mmio.h>
#include <port/pio.h>

#define UART_THR_REG	0	/* transmit holding; divider low with DLAB */
#define UART_IER_REG	1	/* interrupt enable; divider high with DLAB */
#define UART_LCR_REG	3	/* line control */
#define UART_LCR_DLAB	0x80
#define UART_LCR_8N1	0x03
#define UART_LSR_REG	5	/* line status */
#define UART_LSR_THRE	0x20	/* transmit holding register empty */
#define UART_MDR1_REG	8	/* TI only: mode; 0 is a 16x oversampling UART */

struct access {
	u8 (*read)(const struct uart *uart, unsigned reg);
	void (*write)(const struct uart *uart, unsigned reg, u8 value);
};

static u8 pio_read(const struct uart *uart, unsigned reg)
{
	return port_in8((u16)(uart->port + reg));
}

static void pio_write(const struct uart *uart, unsigned reg, u8 value)
{
	port_out8((u16)(uart->port + reg), value);
}

static u8 mmio8_read(const struct uart *uart, unsigned reg)
{
	return port_mmio_read8(uart->registers + reg);
}

static void mmio8_write(const struct uart *uart, unsigned reg, u8 value)
{
	port_mmio_write8(uart->registers + reg, value);
}

static u8 mmio32_read(const struct uart *uart, unsigned reg)
{
	return (u8)port_mmio_read32(uart->registers + reg * 4);
}

static void mmio32_write(const struct uart *uart, unsigned reg, u8 value)
{
	port_mmio_write32(uart->registers + reg * 4, value);
}

static void set_line(const struct uart *uart, struct access access)
{
	access.write(uart, UART_LCR_REG, UART_LCR_DLAB);
	access.write(uart, UART_THR_REG, (u8)uart->divider);
	access.write(uart, UART_IER_REG, (u8)(uart->divider >> 8));
	access.write(uart, UART_LCR_REG, UART_LCR_8N1);
	access.write(uart, UART_IER_REG, 0);
	if (CON_HAS_MDR_QUIRK(uart->flags))
		access.write(uart, UART_MDR1_REG, 0);
}

/* One row per way to reach the registers. */
#define UART_8250_ROW(way)								\
	static void way##_init(const struct uart *uart)					\
	{										\
		set_line(uart, (struct access){ way##_read, way##_write });		\
	}										\
	static bool way##_can_send(const struct uart *uart)				\
	{										\
		return way##_read(uart, UART_LSR_REG) & UART_LSR_THRE;			\
	}										\
	static void way##_send(const struct uart *uart, u8 byte)			\
	{										\
		way##_write(uart, UART_THR_REG, byte);					\
	}										\
	const struct uart_ops uart_8250_##way = {					\
		.init = way##_init, .can_send = way##_can_send, .send = way##_send,	\
	};

UART_8250_ROW(pio)
UART_8250_ROW(mmio8)
UART_8250_ROW(mmio32)
