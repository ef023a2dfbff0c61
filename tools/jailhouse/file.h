/* SPDX-License-Identifier: GPL-2.0 */
/* Whole files in memory, whatever their size. */
#ifndef TOOLS_FILE_H
#define TOOLS_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct file {
	void *data;	/* NULL when size is 0 */
	size_t size;
	bool mapped;	/* false: data came from malloc */
};

/* Map the file, or read it if it is a pipe. Says why on stderr and returns false when it cannot. */
bool file_open(struct file *file, const char *path);
void file_close(struct file *file);

/* Bytes by which a kind of file is known. */
struct file_mark {
	size_t offset;
	const char *bytes;	/* NULL ends a list */
	const char *what;	/* to be said of such a file */
};

/* What the first mark that the data bears says, NULL: it bears none. */
const char *file_mark_of(const struct file_mark *marks, const void *data, size_t size);

bool file_is_gzip(const struct file *file);
/* Put what it unpacks to in place of it; false, and nothing changed, after saying why it cannot. */
bool file_gunzip(struct file *file, const char *path);

#endif
