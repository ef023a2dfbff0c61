// SPDX-License-Identifier: GPL-2.0
/*
 * A driver that only takes notes, linked into build/tools/jailhouse-fake for tests. The folder
 * $FAKE_ROOT holds: sysfs/ and blocks/ instead of the kernel's folders, proc/ and sys/ with other
 * files of the system; machine, the name of its architecture; log, where every request is
 * written with its contents; answers, whose lines "REQUEST NUMBER" (REQUEST may also be "open" or
 * "read") say what fails with which errno, or, from 1000 on, returns NUMBER - 1000, and whose line
 * "delay MILLISECONDS" makes requests slow; console, which is what reading the device yields.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <driver/jailhouse.h>

#include "jailhouse/device.h"

#define CASE_NAME(name) { name, #name }

static const struct {
	unsigned long request;
	const char *name;
} names[] = {
	CASE_NAME(JAILHOUSE_ENABLE), CASE_NAME(JAILHOUSE_DISABLE), CASE_NAME(JAILHOUSE_CELL_CREATE),
	CASE_NAME(JAILHOUSE_CELL_LOAD), CASE_NAME(JAILHOUSE_CELL_START),
	CASE_NAME(JAILHOUSE_CELL_DESTROY), CASE_NAME(JAILHOUSE_MEMORY_RESERVE),
	CASE_NAME(JAILHOUSE_MEMORY_RELEASE),
};

/* Good until the fourth call after this one. */
static const char *fake_path(const char *file)
{
	static char paths[4][512];
	static unsigned next;
	char *path = paths[next++ % 4];
	const char *root = getenv("FAKE_ROOT");

	snprintf(path, sizeof(paths[0]), "%s/%s", root ? root : "/nonexistent", file);
	return path;
}

/* What the test wants as the answer to this name; 0 when it says nothing. */
static int answer_of(const char *name)
{
	FILE *file = fopen(fake_path("answers"), "r");
	char word[64];
	int answer = 0, value;

	while (file && fscanf(file, "%63s %d", word, &value) == 2)
		if (strcmp(word, name) == 0)
			answer = value;
	if (file)
		fclose(file);
	return answer;
}

static const char *name_of(unsigned long request)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (names[i].request == request)
			return names[i].name;
	return "UNKNOWN";
}

static void log_load(FILE *log, const struct jailhouse_cell_load *load)
{
	fprintf(log, " id=%d name=%s", load->cell_id.id, load->cell_id.name);
	for (unsigned i = 0; i < load->num_preload_images; i++) {
		const struct jailhouse_preload_image *image = &load->image[i];
		const unsigned char *data = (const void *)(unsigned long)image->source_address;

		fprintf(log, " [0x%llx+%llu %02x..%02x]", (unsigned long long)image->target_address,
			(unsigned long long)image->size, data[0], data[image->size - 1]);
	}
}

static void log_argument(FILE *log, unsigned long request, void *argument)
{
	const struct jailhouse_cell_create *create = argument;
	const struct jailhouse_cell_id *cell = argument;
	const struct jailhouse_memory_reserve *memory = argument;

	if (request == JAILHOUSE_ENABLE)
		fprintf(log, " %.5s", (const char *)argument);
	else if (request == JAILHOUSE_CELL_CREATE)
		fprintf(log, " size=%u", create->config_size);
	else if (request == JAILHOUSE_CELL_LOAD)
		log_load(log, argument);
	else if (request == JAILHOUSE_CELL_START || request == JAILHOUSE_CELL_DESTROY)
		fprintf(log, " id=%d name=%s", cell->id, cell->name);
	else if (request == JAILHOUSE_MEMORY_RESERVE)
		fprintf(log, " start=0x%llx size=0x%llx", (unsigned long long)memory->start,
			(unsigned long long)memory->size);
}

int device_open(int flags)
{
	int error = answer_of("open");

	if (error)
		return errno = error, -1;
	return open(fake_path("console"), (flags & ~O_ACCMODE) | O_RDONLY | O_CLOEXEC);
}

/* Memory blocks look as in blocks.after/, if there is one, once the memory is back. */
static void fake_release(void)
{
	if (access(fake_path("blocks.after"), F_OK) != 0)
		return;
	rename(fake_path("blocks"), fake_path("blocks.before"));
	rename(fake_path("blocks.after"), fake_path("blocks"));
}

int device_ioctl(int fd, unsigned long request, void *argument)
{
	const char *name = name_of(request);
	FILE *log = fopen(fake_path("log"), "a");
	int answer = answer_of(name);

	(void)fd;
	if (!log)
		abort();
	fprintf(log, "%s", name);
	log_argument(log, request, argument);
	fprintf(log, "\n");
	fclose(log);
	usleep((useconds_t)answer_of("delay") * 1000);
	if (answer > 0 && answer < 1000)
		return errno = answer, -1;
	if (request == JAILHOUSE_MEMORY_RESERVE)
		((struct jailhouse_memory_reserve *)argument)->method = JAILHOUSE_MEMORY_REMOVED;
	if (request == JAILHOUSE_MEMORY_RELEASE)
		fake_release();
	return answer >= 1000 ? answer - 1000 : 0;
}

ssize_t device_read(int fd, void *data, size_t size)
{
	int error = answer_of("read");

	if (error)
		return errno = error, -1;
	return read(fd, data, size);
}

const char *device_sysfs(void)
{
	return fake_path("sysfs");
}

const char *device_memory_blocks(void)
{
	return fake_path("blocks");
}

const char *device_system_file(const char *path)
{
	return fake_path(path + 1);
}

const char *device_machine_name(void)
{
	static char name[32];
	FILE *file = fopen(fake_path("machine"), "r");

	if (!file || fscanf(file, "%31s", name) != 1)
		strcpy(name, "unknown");
	if (file)
		fclose(file);
	return name;
}
