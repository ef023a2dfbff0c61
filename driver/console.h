/* SPDX-License-Identifier: GPL-2.0 */
/* The hypervisor's console as a stream (read of /dev/jailhouse) and as a dump (sysfs). */
#ifndef DRIVER_CONSOLE_H
#define DRIVER_CONSOLE_H

#include <linux/fs.h>

/* The hypervisor is about to go, or failed to come: what it said stays readable. */
void console_keep(void);

int console_open(struct inode *inode, struct file *file);
int console_release(struct inode *inode, struct file *file);
ssize_t console_read(struct file *file, char __user *to, size_t size, loff_t *unused);
/* All that is buffered, into a page; length or negative errno. Under the driver's lock. */
ssize_t console_dump(char *text);

#endif
