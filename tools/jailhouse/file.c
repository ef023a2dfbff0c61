// SPDX-License-Identifier: GPL-2.0
/* Regular files are mapped, so that an image larger than free memory can be loaded too. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "report.h"

static bool map_file(struct file *file, int fd, size_t size)
{
	void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);

	if (data == MAP_FAILED)
		return false;
	*file = (struct file) { .data = data, .size = size, .mapped = true };
	return true;
}

static bool read_stream(struct file *file, int fd)
{
	size_t room = 0;
	ssize_t got;

	do {
		if (room - file->size < 65536) {
			void *larger = realloc(file->data, room = room * 2 + 131072);

			if (!larger)
				return false;
			file->data = larger;
		}
		got = read(fd, (char *)file->data + file->size, room - file->size);
		file->size += got > 0 ? (size_t)got : 0;
	} while (got > 0);
	return got == 0;
}

static bool take_contents(struct file *file, int fd)
{
	struct stat about;

	if (fstat(fd, &about) < 0)
		return false;
	/* Files of /proc and /sys have size 0, or one, but no mapping. */
	if (S_ISREG(about.st_mode) && about.st_size > 0 &&
	    map_file(file, fd, (size_t)about.st_size))
		return true;
	return read_stream(file, fd);
}

bool file_open(struct file *file, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int error;
	bool good;

	*file = (struct file) { 0 };
	if (fd < 0)
		return refuse("opening %s: %s", path, strerror(errno)), false;
	good = take_contents(file, fd);
	error = errno;
	close(fd);
	if (!good)
		refuse("reading %s: %s", path, strerror(error));
	return good;
}

void file_close(struct file *file)
{
	if (!file->mapped)
		free(file->data);
	else if (file->data)
		munmap(file->data, file->size);
	*file = (struct file) { 0 };
}

const char *file_mark_of(const struct file_mark *marks, const void *data, size_t size)
{
	for (; marks->bytes; marks++) {
		size_t length = strlen(marks->bytes);

		if (size >= marks->offset + length &&
		    memcmp((const char *)data + marks->offset, marks->bytes, length) == 0)
			return marks->what;
	}
	return NULL;
}
