// SPDX-License-Identifier: GPL-2.0
/* The hypervisor's text, and the accesses it denied. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "device.h"
#include "report.h"
#include "request.h"
#include "sysfs.h"

static bool write_all(const char *text, size_t length)
{
	while (length > 0) {
		ssize_t done = write(STDOUT_FILENO, text, length);

		if (done < 0)
			return refuse("writing the console: %s", strerror(errno)), false;
		text += done;
		length -= (size_t)done;
	}
	return true;
}

static int console_copy(int fd)
{
	char text[128];
	ssize_t got;

	while ((got = device_read(fd, text, sizeof(text))) > 0)
		if (!write_all(text, (size_t)got))
			return 1;
	if (got == 0)
		return 0;
	fprintf(stderr, "read(console): %s\n", strerror(errno));
	if (errno == EAGAIN)
		return refuse("the hypervisor is not enabled; see \"jailhouse help enable\"");
	if (errno == EPERM)
		return refuse(
			"the system configuration keeps the virtual console closed; set the flag "
			"JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE in it");
	return 1;
}

int run_console(const struct arguments *arguments)
{
	int fd = device_open(O_RDONLY | (arguments->flags & FLAG_FOLLOW ? 0 : O_NONBLOCK));
	int code;

	if (fd < 0)
		return request_no_device();
	code = console_copy(fd);
	close(fd);
	return code;
}

int run_denials(const struct arguments *arguments)
{
	char text[8192];

	(void)arguments;
	if (!sysfs_need(text, sizeof(text), "denials"))
		return refuse(
			"denials are kept by the driver; load it with \"modprobe jailhouse\"");
	if (*text)
		printf("%s\n", text);
	return 0;
}
