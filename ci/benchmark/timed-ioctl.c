// SPDX-License-Identifier: GPL-2.0
/*
 * Sends one request to the driver and prints how many nanoseconds it took, and nothing else: reading
 * files and starting the program are not part of it.
 *
 *	timed-ioctl enable FILE | create FILE | destroy NAME | disable
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <driver/jailhouse.h>

#define BLOB_MAX (1 << 20)

static char blob[BLOB_MAX];

/* Size of the file, which is then in blob; -1 after a complaint. */
static ssize_t blob_read(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = file < 0 ? -1 : read(file, blob, sizeof(blob));

	if (size <= 0)
		fprintf(stderr, "timed-ioctl: %s cannot be read: %s\n", path, strerror(errno));
	close(file);
	return size > 0 ? size : -1;
}

static long long nanoseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int timed(unsigned long request, void *argument)
{
	int device = open("/dev/jailhouse", O_RDWR | O_CLOEXEC), result;
	long long start, end;

	nanoseconds();		/* the first call faults the clock's page in */
	start = nanoseconds();
	result = ioctl(device, request, argument);
	end = nanoseconds();
	if (result) {
		fprintf(stderr, "timed-ioctl: request %lx: %s\n", request, strerror(errno));
		return 1;
	}
	printf("%lld\n", end - start);
	return 0;
}

static int timed_create(const char *path)
{
	ssize_t size = blob_read(path);
	struct jailhouse_cell_create create = {
		.config_address = (unsigned long)blob, .config_size = (unsigned int)size,
	};

	return size < 0 || timed(JAILHOUSE_CELL_CREATE, &create);
}

static int timed_destroy(const char *name)
{
	struct jailhouse_cell_id cell = { .id = JAILHOUSE_CELL_ID_UNUSED };

	strncpy(cell.name, name, JAILHOUSE_CELL_ID_NAMELEN);
	return timed(JAILHOUSE_CELL_DESTROY, &cell);
}

int main(int count, char **words)
{
	const char *what = count > 1 ? words[1] : "";

	if (!strcmp(what, "enable") && count == 3)
		return blob_read(words[2]) < 0 || timed(JAILHOUSE_ENABLE, blob);
	if (!strcmp(what, "create") && count == 3)
		return timed_create(words[2]);
	if (!strcmp(what, "destroy") && count == 3)
		return timed_destroy(words[2]);
	if (!strcmp(what, "disable") && count == 2)
		return timed(JAILHOUSE_DISABLE, NULL);
	fprintf(stderr, "usage: timed-ioctl enable FILE | create FILE | destroy NAME | disable\n");
	return 2;
}
