/* SPDX-License-Identifier: GPL-2.0 */
/* The tree below /sys/devices/jailhouse. */
#ifndef DRIVER_SYSFS_H
#define DRIVER_SYSFS_H

#include <linux/kobject.h>

struct device;

int sysfs_register(void);
void sysfs_unregister(void);
struct device *hypervisor_device(void);
/* Parent of the cells' directories. */
struct kobject *sysfs_cells(void);
/* The file "core" exists from the first enable on. */
void sysfs_core_show(void);

#endif
