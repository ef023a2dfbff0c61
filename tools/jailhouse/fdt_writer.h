/* SPDX-License-Identifier: GPL-2.0 */
/* Writing a flattened tree front to back; the first failure sticks and is looked at in the end. */
#ifndef TOOLS_FDT_WRITER_H
#define TOOLS_FDT_WRITER_H

#include <stddef.h>

#include <jailhouse/types.h>

#define WRITER_CELLS 1024

struct fdt_writer {
	void *buffer;
	int error;	/* libfdt's, 0: none */
	u32 count;	/* cells collected for the next property */
	u32 cell[WRITER_CELLS];		/* big endian */
};

void writer_start(struct fdt_writer *writer, void *buffer, size_t room);
/* Total bytes; 0: writer->error says why. */
size_t writer_end(struct fdt_writer *writer);

/* The name of a node; with an address behind it. */
void writer_node(struct fdt_writer *writer, const char *name);
void writer_node_at(struct fdt_writer *writer, const char *name, u64 address);
void writer_node_end(struct fdt_writer *writer);

/* Collect cells; writer_property makes them a property. */
void writer_u32(struct fdt_writer *writer, u32 value);
void writer_u64(struct fdt_writer *writer, u64 value);
void writer_property(struct fdt_writer *writer, const char *name);

/* Whole properties. */
void writer_bytes(struct fdt_writer *writer, const char *name, const void *bytes, int length);
void writer_string(struct fdt_writer *writer, const char *name, const char *text);
void writer_cell(struct fdt_writer *writer, const char *name, u32 value);
void writer_flag(struct fdt_writer *writer, const char *name);

#endif
