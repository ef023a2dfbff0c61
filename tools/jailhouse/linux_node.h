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

/* Fill a part of the tree's plan; false after saying on stderr what the configuration lacks. */
bool linux_uart_plan(struct linux_tree *tree);
bool linux_host_plan(struct linux_tree *tree);
void linux_uart_write(struct fdt_writer *writer, const struct linux_tree *tree);
void linux_host_write(struct fdt_writer *writer, const struct linux_tree *tree);

#endif
