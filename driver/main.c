// SPDX-License-Identifier: GPL-2.0
/* /dev/jailhouse: which requests there are, when each is allowed, who carries it out. */
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/reboot.h>
#include <linux/suspend.h>
#include <linux/uaccess.h>

#include "cell.h"
#include "claim.h"
#include "console.h"
#include "enable.h"
#include "jailhouse.h"
#include "memory.h"
#include "pci.h"
#include "refusal.h"
#include "state.h"
#include "sysfs.h"

MODULE_DESCRIPTION("Puts the Cellblock hypervisor in charge and manages its cells");
MODULE_LICENSE("GPL");
MODULE_VERSION(DRIVER_VERSION);

bool allow_unprotected;
module_param(allow_unprotected, bool, 0444);
MODULE_PARM_DESC(allow_unprotected,
		 "accept configs that nothing isolates in some way (no IOMMU, shared ports) and that do not say so");

struct hypervisor hypervisor = {
	.lock = __MUTEX_INITIALIZER(hypervisor.lock),
	.gate = __RWSEM_INITIALIZER(hypervisor.gate),
	.cells = LIST_HEAD_INIT(hypervisor.cells),
};

static int reserve(unsigned long argument)
{
	struct jailhouse_memory_reserve __user *user = (void __user *)argument;
	struct jailhouse_memory_reserve copy;
	int error;

	if (copy_from_user(&copy, user, sizeof(copy)))
		return refuse(-EFAULT, "memory reserve: the request cannot be read");
	error = memory_reserve(&copy);
	if (!error && copy_to_user(user, &copy, sizeof(copy)))
		error = refuse(-EFAULT, "memory reserve: the answer cannot be written; see sysfs \"memory\"");
	return error;
}

static int release(unsigned long unused)
{
	claim_drop();
	return memory_release();
}

enum when { ALWAYS, WHILE_ENABLED, WHILE_DISABLED };

static const struct operation {
	unsigned int number;
	enum when when;
	const char *name;
	int (*run)(unsigned long argument);
} operations[] = {
	{ JAILHOUSE_ENABLE,		WHILE_DISABLED,	"enable",		enable },
	{ JAILHOUSE_DISABLE,		WHILE_ENABLED,	"disable",		disable },
	{ JAILHOUSE_CELL_CREATE,	WHILE_ENABLED,	"cell create",		cell_create },
	{ JAILHOUSE_CELL_LOAD,		WHILE_ENABLED,	"cell load",		cell_load },
	{ JAILHOUSE_CELL_START,		WHILE_ENABLED,	"cell start",		cell_start },
	{ JAILHOUSE_CELL_DESTROY,	WHILE_ENABLED,	"cell destroy",		cell_destroy },
	{ JAILHOUSE_MEMORY_RESERVE,	ALWAYS,		"memory reserve",	reserve },
	{ JAILHOUSE_MEMORY_RELEASE,	WHILE_DISABLED,	"memory release",	release },
};

static const struct operation *operation_find(unsigned int number)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(operations); n++)
		if (operations[n].number == number)
			return &operations[n];
	return NULL;
}

static int operation_run(const struct operation *operation, unsigned long argument)
{
	if (operation->when == WHILE_ENABLED && !hypervisor.enabled)
		return refuse(-EINVAL, "%s: the hypervisor is not enabled; run \"jailhouse enable\" with a system config first",
			      operation->name);
	if (operation->when == WHILE_DISABLED && hypervisor.enabled)
		return refuse(-EBUSY, "%s: the hypervisor is enabled; run \"jailhouse disable\" first",
			      operation->name);
	return operation->run(argument);
}

/* A signal only ends the wait for the lock; what has begun is finished or undone. */
static long device_ioctl(struct file *file, unsigned int number, unsigned long argument)
{
	const struct operation *operation = operation_find(number);
	int result;

	if (!operation)
		return refuse(-EINVAL, "request 0x%08x: this driver does not know it; use tools of the same version",
			      number);
	if (mutex_lock_interruptible(&hypervisor.lock))
		return -EINTR;
	refusal_clear();
	result = operation_run(operation, argument);
	mutex_unlock(&hypervisor.lock);
	return result;
}

static const struct file_operations device_operations = {
	.owner = THIS_MODULE,
	.open = console_open,
	.release = console_release,
	.read = console_read,
	.unlocked_ioctl = device_ioctl,
	.compat_ioctl = device_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "jailhouse",
	.fops = &device_operations,
};

static int on_reboot(struct notifier_block *unused, unsigned long event, void *data)
{
	mutex_lock(&hypervisor.lock);
	if (hypervisor.enabled)
		disable(0);
	mutex_unlock(&hypervisor.lock);
	return NOTIFY_DONE;
}

static struct notifier_block reboot_notifier = { .notifier_call = on_reboot };

/* The hypervisor does not survive a suspended machine, so the machine is not suspended. */
static int on_suspend(struct notifier_block *unused, unsigned long event, void *data)
{
	if (event != PM_SUSPEND_PREPARE && event != PM_HIBERNATION_PREPARE)
		return NOTIFY_DONE;
	if (!READ_ONCE(hypervisor.enabled))
		return NOTIFY_DONE;
	return notifier_from_errno(refuse(-EBUSY, "suspend: the hypervisor is enabled; run \"jailhouse disable\" first"));
}

static struct notifier_block suspend_notifier = { .notifier_call = on_suspend };

static int __init driver_init_all(void)
{
	int error = sysfs_register();

	if (error)
		return error;
	error = pci_register();
	if (error)
		goto unregister_sysfs;
	error = register_pm_notifier(&suspend_notifier);
	if (error)
		goto unregister_pci;
	register_reboot_notifier(&reboot_notifier);
	error = misc_register(&device);
	if (!error)
		return 0;
	unregister_reboot_notifier(&reboot_notifier);
	unregister_pm_notifier(&suspend_notifier);
unregister_pci:
	pci_unregister();
unregister_sysfs:
	sysfs_unregister();
	return error;
}

/* Not while enabled: then the module holds itself. */
static void __exit driver_exit_all(void)
{
	misc_deregister(&device);
	unregister_reboot_notifier(&reboot_notifier);
	unregister_pm_notifier(&suspend_notifier);
	pci_unregister();
	sysfs_unregister();
	claim_drop();
	if (memory_release() > 0)
		pr_notice("jailhouse: memory that was reserved is back, but offline; write \"online\" to its blocks in /sys/devices/system/memory\n");
}

module_init(driver_init_all);
module_exit(driver_exit_all);
