// SPDX-License-Identifier: GPL-2.0
/*
 * Chips behind memory that need no more than a look at a status register and a write to a data register.
 * Line settings stay as the firmware made them, but for PL011.
 */
#include <base/bits.h>
#include <dev/uart/uart.h>
#include <port/mmio.h>

#define PL011_IBRD	0x24	/* integer baud rate (DDI 0183, 3.3.5) */
#define PL011_FBRD	0x28
#define PL011_LCRH	0x2c
#define PL011_LCRH_8BIT_FIFO 0x70
#define PL011_CR	0x30
#define PL011_CR_ON_TX_RX 0x301

static u32 status(const struct uart *uart)
{
	volatile u8 *at = uart->registers + uart->ops->status;

	return uart->ops->width == 16 ? port_mmio_read16(at) : port_mmio_read32(at);
}

static bool simple_can_send(const struct uart *uart)
{
	return (status(uart) & uart->ops->mask) == uart->ops->ready;
}

/* The small Renesas data register is 8 bits wide; its status is cleared by hand. */
static void simple_send(const struct uart *uart, u8 byte)
{
	const struct uart_ops *ops = uart->ops;

	if (ops->width == 32) {
		port_mmio_write32(uart->registers + ops->data, byte);
		return;
	}
	port_mmio_write8(uart->registers + ops->data, byte);
	port_mmio_write16(uart->registers + ops->status, (u16)(status(uart) & (u32)~ops->used));
}

static void pl011_init(const struct uart *uart)
{
	port_mmio_write32(uart->registers + PL011_CR, 0);
	port_mmio_write32(uart->registers + PL011_IBRD, uart->divider);
	port_mmio_write32(uart->registers + PL011_FBRD, 0);
	port_mmio_write32(uart->registers + PL011_LCRH, PL011_LCRH_8BIT_FIFO);
	port_mmio_write32(uart->registers + PL011_CR, PL011_CR_ON_TX_RX);
}

#define SIMPLE(name, setup, bits, status_at, data_at, status_mask, status_ready, clear)		\
	const struct uart_ops uart_##name = {							\
		.init = setup, .can_send = simple_can_send, .send = simple_send,		\
		.status = status_at, .data = data_at, .width = bits,				\
		.mask = status_mask, .ready = status_ready, .used = clear,			\
	};

/*	name	 init	     bits status data  mask	    ready	  clear */
SIMPLE(pl011,	 pl011_init, 32,  0x18,  0x00, BIT(5),	    0,		  0)	/* FR.TXFF */
SIMPLE(xuartps,	 NULL,	     32,  0x2c,  0x30, BIT(4),	    0,		  0)	/* SR.TXFULL */
SIMPLE(mvebu,	 NULL,	     32,  0x0c,  0x04, BIT(11),	    0,		  0)	/* STAT.TX_FIFO_FUL */
SIMPLE(imx,	 NULL,	     32,  0xb4,  0x40, BIT(4),	    0,		  0)	/* UTS.TXFULL */
SIMPLE(lpuart,	 NULL,	     32,  0x14,  0x1c, BIT(23),	    BIT(23),	  0)	/* STAT.TDRE */
SIMPLE(hscif,	 NULL,	     16,  0x10,  0x0c, BIT(5),	    BIT(5),	  0x60)	/* FSR.TDFE, TEND */
SIMPLE(scif,	 NULL,	     16,  0x10,  0x0c, BIT(5),	    BIT(5),	  0x60)
SIMPLE(scifa,	 NULL,	     16,  0x14,  0x20, BIT(5),	    BIT(5),	  0x60)
