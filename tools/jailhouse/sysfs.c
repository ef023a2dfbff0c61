// SPDX-License-Identifier: GPL-2.0
/* Small text files, read in one piece. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device.h"
#include "report.h"
#include "sysfs.h"

ssize_t sysfs_read(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got, length = 0;

	*text = 0;
	if (fd < 0)
		return -1;
	while ((got = read(fd, text + length, size - 1 - (size_t)length)) > 0)
		length += got;
	close(fd);
	if (got < 0)
		return -1;
	if (length > 0 && text[length - 1] == '\n')
		length--;
	text[length] = 0;
	return length;
}

static void path_below(char *path, const char *format, va_list values)
{
	size_t length = (size_t)snprintf(path, SYSFS_PATH_MAX, "%s/", device_sysfs());

	if (length < SYSFS_PATH_MAX)
		vsnprintf(path + length, SYSFS_PATH_MAX - length, format, values);
}

ssize_t sysfs_read_at(char *text, size_t size, const char *format, ...)
{
	char path[SYSFS_PATH_MAX];
	va_list values;

	va_start(values, format);
	path_below(path, format, values);
	va_end(values);
	return sysfs_read(path, text, size);
}

bool sysfs_need(char *text, size_t size, const char *format, ...)
{
	char path[SYSFS_PATH_MAX];
	va_list values;
	ssize_t length;

	va_start(values, format);
	path_below(path, format, values);
	va_end(values);
	length = sysfs_read(path, text, size);
	if (length < 0)
		refuse("opening %s: %s", path, strerror(errno));
	return length >= 0;
}

int sysfs_list(struct dirent ***entries, int (*keep)(const struct dirent *entry),
	       const char *format, ...)
{
	char path[SYSFS_PATH_MAX];
	va_list values;

	va_start(values, format);
	path_below(path, format, values);
	va_end(values);
	return scandir(path, entries, keep, versionsort);
}

int sysfs_is_number(const struct dirent *entry)
{
	return entry->d_name[0] >= '0' && entry->d_name[0] <= '9';
}
