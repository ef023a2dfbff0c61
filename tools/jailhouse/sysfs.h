/* SPDX-License-Identifier: GPL-2.0 */
/* Reading the driver's files. */
#ifndef TOOLS_SYSFS_H
#define TOOLS_SYSFS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define SYSFS_PATH_MAX 512

/* Whole file as text without its last newline; -1 with errno set when it cannot be read. */
ssize_t sysfs_read(const char *path, char *text, size_t size);
/* The same below the driver's folder; format gives the rest of the path. */
ssize_t sysfs_read_at(char *text, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* As sysfs_read_at, but a file that cannot be read or is empty ends the command: says so, false. */
bool sysfs_need(char *text, size_t size, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Entries of a folder below the driver's one for which keep() is true, in the order of numbers. */
struct dirent;
int sysfs_list(struct dirent ***entries, int (*keep)(const struct dirent *entry),
	       const char *format, ...) __attribute__((format(printf, 3, 4)));

/* A keep() for folders named by numbers. */
int sysfs_is_number(const struct dirent *entry);

#endif
