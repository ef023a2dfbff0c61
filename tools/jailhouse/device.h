/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The tool's only doors to the kernel. device.c opens the real ones; the test build links
 * tools/fake_device.c instead, so that the real program has no back door.
 */
#ifndef TOOLS_DEVICE_H
#define TOOLS_DEVICE_H

#include <stddef.h>
#include <sys/types.h>

/* A descriptor of /dev/jailhouse, or -1 with errno set. */
int device_open(int flags);
/* As ioctl(2) and read(2) on that descriptor. */
int device_ioctl(int fd, unsigned long request, void *argument);
ssize_t device_read(int fd, void *data, size_t size);

/* Folder of the driver's files: /sys/devices/jailhouse. */
const char *device_sysfs(void);
/* Folder of Linux's memory blocks: /sys/devices/system/memory. */
const char *device_memory_blocks(void);
/* Where this file of the system is, "/proc/cmdline" for instance; good for two calls more. */
const char *device_system_file(const char *path);
/* As uname(2) names the machine: "x86_64", "aarch64". */
const char *device_machine_name(void);

#define DEVICE_PATH "/dev/jailhouse"

#endif
