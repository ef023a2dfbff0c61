/* SPDX-License-Identifier: GPL-2.0 */
/* Nodes of a cell's tree that take more than a line. */
#ifndef TOOLS_LINUX_NODE_H
#define TOOLS_LINUX_NODE_H

#include "fdt_writer.h"
#include "linux_tree.h"

#define LINUX_GIC_PHANDLE 1u
#define LINUX_CLOCK_PHANDLE 2u

#define GIC_SPI 0u
#define GIC_FIRST_SPI 32u
#define IRQ_EDGE_RISING 1u

/* Whether the cell's console becomes a node, and which UART of the machine it is. */
struct linux_uart {
	bool present;
	u64 address, size;	/* as the cell sees it */
	struct machine_uart wiring;
};

/* False after saying on stderr what the configuration lacks for the console it names. */
bool linux_uart_find(const struct linux_tree *tree, struct linux_uart *uart);
void linux_uart_write(struct fdt_writer *writer, const struct linux_tree *tree,
		      const struct linux_uart *uart);

/* The virtual PCI host of a cell with shared-memory devices, and what lies around it. */
struct linux_host {
	bool present;
	u16 domain;
	u32 last_bus;
	u64 window;		/* where its devices' registers may go */
};

/* False after saying on stderr why the host has no place. */
bool linux_host_find(const struct linux_tree *tree, struct linux_host *host);
void linux_host_write(struct fdt_writer *writer, const struct linux_tree *tree,
		      const struct linux_host *host);

#endif
