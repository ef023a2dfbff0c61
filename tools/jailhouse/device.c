// SPDX-License-Identifier: GPL-2.0
/* The real device. */
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "device.h"

int device_open(int flags)
{
	return open(DEVICE_PATH, flags | O_CLOEXEC);
}

int device_ioctl(int fd, unsigned long request, void *argument)
{
	return ioctl(fd, request, argument);
}

ssize_t device_read(int fd, void *data, size_t size)
{
	return read(fd, data, size);
}

const char *device_sysfs(void)
{
	return "/sys/devices/jailhouse";
}

const char *device_memory_blocks(void)
{
	return "/sys/devices/system/memory";
}

const char *device_system_file(const char *path)
{
	return path;
}

const char *device_machine_name(void)
{
	static struct utsname name;

	return uname(&name) == 0 ? name.machine : "unknown";
}
