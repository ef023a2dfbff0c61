// SPDX-License-Identifier: GPL-2.0
/*
 * Memory for the hypervisor and its cells, taken from the running Linux. The driver decides how and
 * lists what it has in its file "memory", a line "START-END METHOD" each.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <driver/jailhouse.h>

#include "command.h"
#include "device.h"
#include "json.h"
#include "number.h"
#include "report.h"
#include "request.h"
#include "sysfs.h"

struct reserved {
	unsigned long long first, last;		/* closed */
	char method[32];
};

/* Takes one line off *text; false at its end. The end may be written closed or one past. */
static bool next_reserved(const char **text, struct reserved *reserved)
{
	int used = 0;

	if (sscanf(*text, "%llx-%llx %31s%n", &reserved->first, &reserved->last, reserved->method,
		   &used) != 3)
		return false;
	if (reserved->last % 4096 == 0)
		reserved->last--;
	*text += used;
	return true;
}

static bool parse_wish(const char *wish, struct jailhouse_memory_reserve *reserve)
{
	const char *at = strchr(wish, '@');
	size_t length = at ? (size_t)(at - wish) : strlen(wish);
	unsigned long long size = 0, start = JAILHOUSE_MEMORY_ANYWHERE;

	if (!number_parse_size(wish, length, &size) || size == 0 || size % 4096)
		return refuse("size \"%.*s\": write a multiple of 4K like 128M or 0x8000000",
			      (int)length, wish), false;
	if (at && (!number_parse(at + 1, &start) || start % 4096 || start + size < start))
		return refuse("address \"%s\": write a multiple of 4 KiB like 0x100000000", at + 1),
		       false;
	*reserve = (struct jailhouse_memory_reserve) { .start = start, .size = size };
	return true;
}

static void print_reserved(unsigned long long first, unsigned long long last, const char *method)
{
	char size[32];

	printf("0x%llx-0x%llx %s, %s\n", first, last, number_size_text(last - first + 1, size,
	       sizeof(size)), method);
}

static const char *method_text(unsigned method)
{
	return method == JAILHOUSE_MEMORY_REMOVED ? "removed" : "allocated";
}

int run_memory_reserve(const struct arguments *arguments)
{
	struct jailhouse_memory_reserve reserve;

	if (!parse_wish(arguments->words[0], &reserve) ||
	    request("JAILHOUSE_MEMORY_RESERVE", JAILHOUSE_MEMORY_RESERVE, &reserve) < 0)
		return 1;
	print_reserved(reserve.start, reserve.start + reserve.size - 1,
		       method_text(reserve.method));
	return 0;
}

static bool write_state(const char *path, const char *state)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t length = (ssize_t)strlen(state);
	bool good = fd >= 0 && write(fd, state, (size_t)length) == length;
	int error = errno;

	if (fd >= 0)
		close(fd);
	errno = error;
	return good;
}

/* What was reserved once will be reserved again, so Linux shall put only movable pages there. */
static bool block_online(unsigned long long block)
{
	char path[SYSFS_PATH_MAX], state[16];

	snprintf(path, sizeof(path), "%s/memory%llu/state", device_memory_blocks(), block);
	if (sysfs_read(path, state, sizeof(state)) > 0 && strcmp(state, "offline") != 0)
		return true;
	if (write_state(path, "online_movable") || write_state(path, "online"))
		return true;
	return refuse("memory block %llu stays offline, writing \"online\" to %s: %s", block, path,
		      strerror(errno)), false;
}

/* Linux 6.1 leaves memory that comes back offline; it was in use before, so it is used again. */
static bool blocks_online(const char *ranges)
{
	char path[SYSFS_PATH_MAX], text[32];
	unsigned long long block_size;
	struct reserved range;
	bool good = true;

	snprintf(path, sizeof(path), "%s/block_size_bytes", device_memory_blocks());
	if (sysfs_read(path, text, sizeof(text)) <= 0 || !(block_size = strtoull(text, NULL, 16)))
		return refuse("the memory is back but offline, and %s cannot be read; write "
			      "\"online\" to "
			      "the state file of its blocks",
			      path),
		       false;
	while (next_reserved(&ranges, &range))
		for (unsigned long long at = range.first / block_size;
		     at <= range.last / block_size; at++)
			good = block_online(at) && good;
	return good;
}

int run_memory_release(const struct arguments *arguments)
{
	char ranges[4096] = "";
	int result;

	(void)arguments;
	sysfs_read_at(ranges, sizeof(ranges), "memory");
	result = request("JAILHOUSE_MEMORY_RELEASE", JAILHOUSE_MEMORY_RELEASE, NULL);
	if (result < 0)
		return 1;
	if (!*ranges)
		printf("nothing was reserved\n");
	return result == 1 && !blocks_online(ranges);
}

static void print_json(const char *text)
{
	struct reserved reserved;

	json_open(NULL, '[');
	while (next_reserved(&text, &reserved)) {
		json_open(NULL, '{');
		json_number("start", reserved.first);
		json_number("size", reserved.last - reserved.first + 1);
		json_string("method", reserved.method);
		json_close('}');
	}
	json_close(']');
	printf("\n");
}

int run_memory_show(const struct arguments *arguments)
{
	struct reserved reserved;
	char text[4096];
	const char *rest = text;

	if (!sysfs_need(text, sizeof(text), "memory"))
		return refuse("the driver keeps this list; load it with \"modprobe jailhouse\"");
	if (arguments->flags & FLAG_JSON)
		return print_json(text), 0;
	if (!*text)
		printf("nothing is reserved\n");
	while (next_reserved(&rest, &reserved))
		print_reserved(reserved.first, reserved.last, reserved.method);
	return 0;
}
