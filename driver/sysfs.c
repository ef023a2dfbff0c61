// SPDX-License-Identifier: GPL-2.0
/* /sys/devices/jailhouse: what holds for the hypervisor as a whole. */
#include <linux/device.h>
#include <linux/mutex.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "console.h"
#include "hypercall.h"
#include "memory.h"
#include "refusal.h"
#include "report.h"
#include "state.h"
#include "statistics.h"
#include "sysfs.h"

static struct device *root;
static struct kobject *cells;
static bool core_shown;

/* Runs a reader of driver state under the driver's lock. */
static ssize_t locked(ssize_t (*show)(char *text), char *text)
{
	ssize_t length;

	if (mutex_lock_interruptible(&hypervisor.lock))
		return -EINTR;
	length = show(text);
	mutex_unlock(&hypervisor.lock);
	return length;
}

static ssize_t console_show(struct device *dev, struct device_attribute *attr, char *text)
{
	return locked(console_dump, text);
}
static DEVICE_ATTR_RO(console);

static ssize_t enabled_show(struct device *dev, struct device_attribute *attr, char *text)
{
	return sysfs_emit(text, "%d\n", READ_ONCE(hypervisor.enabled));
}
static DEVICE_ATTR_RO(enabled);

static ssize_t info_show(unsigned int type, char *text)
{
	int value = hypercall(JAILHOUSE_HC_HYPERVISOR_GET_INFO, type, 0);

	return sysfs_emit(text, "%d\n", max(value, 0));
}

#define INFO_FILE(name, type)								\
static ssize_t name##_show(struct device *dev, struct device_attribute *attr, char *text) \
{											\
	return info_show(type, text);							\
}											\
static DEVICE_ATTR_RO(name)

INFO_FILE(mem_pool_size, JAILHOUSE_INFO_MEM_POOL_SIZE);
INFO_FILE(mem_pool_used, JAILHOUSE_INFO_MEM_POOL_USED);
INFO_FILE(remap_pool_size, JAILHOUSE_INFO_REMAP_POOL_SIZE);
INFO_FILE(remap_pool_used, JAILHOUSE_INFO_REMAP_POOL_USED);

static ssize_t refusal_file_show(struct device *dev, struct device_attribute *attr, char *text)
{
	return refusal_show(text);
}
static struct device_attribute dev_attr_refusal = __ATTR(refusal, 0444, refusal_file_show, NULL);

/* Any hypercall of root lets the hypervisor collect what the IOMMUs have recorded. */
static ssize_t denials_read(char *text)
{
	if (!hypervisor.enabled)
		return 0;
	hypercall(JAILHOUSE_HC_HYPERVISOR_GET_INFO, JAILHOUSE_INFO_NUM_CELLS, 0);
	return report_denials(text, PAGE_SIZE);
}

static ssize_t denials_show(struct device *dev, struct device_attribute *attr, char *text)
{
	return locked(denials_read, text);
}
static DEVICE_ATTR(denials, 0400, denials_show, NULL);

static ssize_t memory_read(char *text)
{
	return memory_show(text);
}

static ssize_t memory_file_show(struct device *dev, struct device_attribute *attr, char *text)
{
	return locked(memory_read, text);
}
static struct device_attribute dev_attr_memory = __ATTR(memory, 0400, memory_file_show, NULL);

static struct attribute *root_attributes[] = {
	&dev_attr_console.attr,
	&dev_attr_enabled.attr,
	&dev_attr_mem_pool_size.attr,
	&dev_attr_mem_pool_used.attr,
	&dev_attr_remap_pool_size.attr,
	&dev_attr_remap_pool_used.attr,
	&dev_attr_refusal.attr,
	&dev_attr_denials.attr,
	&dev_attr_memory.attr,
	NULL,
};

/* The system config as it was given, for tools that describe the machine to cells; empty: disabled. */
static ssize_t config_read(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			   char *text, loff_t offset, size_t size)
{
	ssize_t length = 0;

	if (mutex_lock_interruptible(&hypervisor.lock))
		return -EINTR;
	if (hypervisor.enabled)
		length = memory_read_from_buffer(text, size, &offset, hypervisor.config,
						 hypervisor.config_size);
	mutex_unlock(&hypervisor.lock);
	return length;
}
static BIN_ATTR(config, 0400, config_read, NULL, 0);

static struct bin_attribute *root_files[] = { &bin_attr_config, NULL };

static const struct attribute_group root_group = {
	.attrs = root_attributes,
	.bin_attrs = root_files,
};

/* The image's memory as it is seen from here: zeros while enabled. */
static ssize_t core_read(struct file *file, struct kobject *kobj, struct bin_attribute *attr,
			 char *text, loff_t offset, size_t size)
{
	ssize_t length = 0;

	if (mutex_lock_interruptible(&hypervisor.lock))
		return -EINTR;
	if (hypervisor.claim.base)
		length = memory_read_from_buffer(text, size, &offset, hypervisor.claim.base,
						 hypervisor.header.core_size);
	mutex_unlock(&hypervisor.lock);
	return length;
}
static BIN_ATTR(core, 0400, core_read, NULL, 0);

void sysfs_core_show(void)
{
	if (!core_shown)
		core_shown = !sysfs_create_bin_file(&root->kobj, &bin_attr_core);
}

struct device *hypervisor_device(void)
{
	return root;
}

struct kobject *sysfs_cells(void)
{
	return cells;
}

int sysfs_register(void)
{
	int error;

	root = root_device_register("jailhouse");
	if (IS_ERR(root))
		return PTR_ERR(root);
	error = sysfs_create_group(&root->kobj, &root_group);
	if (error)
		goto unregister_root;
	error = statistics_register(&root->kobj);
	if (error)
		goto remove_group;
	cells = kobject_create_and_add("cells", &root->kobj);
	if (cells)
		return 0;
	error = -ENOMEM;
	statistics_unregister();
remove_group:
	sysfs_remove_group(&root->kobj, &root_group);
unregister_root:
	root_device_unregister(root);
	return error;
}

void sysfs_unregister(void)
{
	if (core_shown)
		sysfs_remove_bin_file(&root->kobj, &bin_attr_core);
	kobject_put(cells);
	statistics_unregister();
	sysfs_remove_group(&root->kobj, &root_group);
	root_device_unregister(root);
}
