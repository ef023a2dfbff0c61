// SPDX-License-Identifier: GPL-2.0
/* Files compressed by gzip (RFC 1952), unpacked in memory. */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "file.h"
#include "report.h"

#define UNPACKED_MAX (512UL << 20)	/* ten times what kernels of distributions have */
#define GZIP_WINDOW (15 + 16)		/* the largest window, and a gzip header */

bool file_is_gzip(const struct file *file)
{
	return file->size >= 2 && memcmp(file->data, "\x1f\x8b", 2) == 0;
}

/* Double the room, up to one byte more than is allowed. */
static bool grow(struct file *file, size_t *room)
{
	size_t more = *room * 2 > UNPACKED_MAX ? UNPACKED_MAX + 1 : *room * 2;
	void *larger = realloc(file->data, more);

	if (!larger)
		return false;
	file->data = larger;
	*room = more;
	return true;
}

/* All that stream's input unpacks to; several files one behind another are one. Z_OK: all is well. */
static int inflate_all(z_stream *stream, struct file *file)
{
	size_t room = 1 << 20;
	int result = Z_OK;

	while (file->size <= UNPACKED_MAX) {
		size_t before;

		if ((!file->data || file->size == room) && !grow(file, &room))
			return Z_MEM_ERROR;
		before = file->size;
		stream->next_out = (unsigned char *)file->data + before;
		stream->avail_out = (unsigned int)(room - before);
		result = inflate(stream, Z_NO_FLUSH);
		file->size = room - stream->avail_out;
		if (result == Z_STREAM_END && stream->avail_in == 0)
			return Z_OK;
		if (result == Z_STREAM_END)
			result = inflateReset(stream);
		if (result != Z_OK)
			return result;
	}
	return Z_NEED_DICT;
}

static const char *reason(int result)
{
	switch (result) {
	case Z_MEM_ERROR:
		return "there is no memory to unpack it";
	case Z_NEED_DICT:
		return "it unpacks to more than 512 MiB, which no kernel does";
	case Z_BUF_ERROR:
		return "it is cut off";
	default:
		return "it is damaged";
	}
}

bool file_gunzip(struct file *file, const char *path)
{
	struct file unpacked = { 0 };
	z_stream stream = { .next_in = file->data, .avail_in = (unsigned int)file->size };
	int result = file->size > UNPACKED_MAX ? Z_NEED_DICT : inflateInit2(&stream, GZIP_WINDOW);

	if (result == Z_OK) {
		result = inflate_all(&stream, &unpacked);
		inflateEnd(&stream);
	}
	if (result != Z_OK) {
		file_close(&unpacked);
		return refuse("%s is compressed by gzip, but %s", path, reason(result)), false;
	}
	file_close(file);
	*file = unpacked;
	return true;
}
