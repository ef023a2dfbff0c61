// SPDX-License-Identifier: GPL-2.0
/* A thin layer over libfdt's sequential writer that needs no check after each call. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include <libfdt.h>

#include "fdt_writer.h"

static void note(struct fdt_writer *writer, int result)
{
	if (!writer->error && result < 0)
		writer->error = result;
}

void writer_start(struct fdt_writer *writer, void *buffer, size_t room)
{
	*writer = (struct fdt_writer) { .buffer = buffer };
	note(writer, fdt_create(buffer, room < INT_MAX ? (int)room : INT_MAX));
	note(writer, fdt_finish_reservemap(buffer));
}

size_t writer_end(struct fdt_writer *writer)
{
	note(writer, fdt_finish(writer->buffer));
	return writer->error ? 0 : fdt_totalsize(writer->buffer);
}

void writer_node(struct fdt_writer *writer, const char *name)
{
	note(writer, fdt_begin_node(writer->buffer, name));
}

void writer_node_at(struct fdt_writer *writer, const char *name, u64 address)
{
	char text[64];

	snprintf(text, sizeof(text), "%s@%llx", name, address);
	writer_node(writer, text);
}

void writer_node_end(struct fdt_writer *writer)
{
	note(writer, fdt_end_node(writer->buffer));
}

void writer_u32(struct fdt_writer *writer, u32 value)
{
	if (writer->count == WRITER_CELLS)
		note(writer, -FDT_ERR_NOSPACE);
	else
		writer->cell[writer->count++] = cpu_to_fdt32(value);
}

void writer_u64(struct fdt_writer *writer, u64 value)
{
	writer_u32(writer, (u32)(value >> 32));
	writer_u32(writer, (u32)value);
}

void writer_property(struct fdt_writer *writer, const char *name)
{
	writer_bytes(writer, name, writer->cell, (int)(writer->count * sizeof(u32)));
	writer->count = 0;
}

void writer_bytes(struct fdt_writer *writer, const char *name, const void *bytes, int length)
{
	note(writer, fdt_property(writer->buffer, name, bytes, length));
}

void writer_string(struct fdt_writer *writer, const char *name, const char *text)
{
	writer_bytes(writer, name, text, (int)strlen(text) + 1);
}

void writer_cell(struct fdt_writer *writer, const char *name, u32 value)
{
	writer_u32(writer, value);
	writer_property(writer, name);
}

void writer_flag(struct fdt_writer *writer, const char *name)
{
	writer_bytes(writer, name, NULL, 0);
}
