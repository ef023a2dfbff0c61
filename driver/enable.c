// SPDX-License-Identifier: GPL-2.0
/*
 * The story of taking over and giving back. Enabling is a list of stages; when one refuses, those
 * before it are undone in reverse.
 */
#include <linux/cpumask.h>
#include <linux/firmware.h>
#include <linux/module.h>
#include <linux/printk.h>

#include "blob.h"
#include "cell.h"
#include "claim.h"
#include "clock_gate.h"
#include "console.h"
#include "cpu.h"
#include "cpu_arch.h"
#include "enable.h"
#include "enter.h"
#include "image.h"
#include "pci.h"
#include "refusal.h"
#include "report.h"
#include "state.h"
#include "sysfs.h"
#include "transition.h"
#include "virtual_pci.h"

/* What lives no longer than one request. */
struct enabling {
	unsigned long argument;
	const struct firmware *image;
	unsigned int max_cpus;
	struct door door;
};

static int config_take(struct enabling *enabling)
{
	return blob_take_system(enabling->argument);
}

static void config_drop(struct enabling *unused)
{
	blob_drop_system();
}

static int cpu_check(struct enabling *unused)
{
	return cpu_arch_check(hypervisor.system.header);
}

static int root_make(struct enabling *enabling)
{
	int error = cell_add_root();

	if (!error)
		enabling->max_cpus = cpumask_last(&cell_root()->assigned) + 1;
	return error;
}

static void root_drop(struct enabling *unused)
{
	cell_drop_root();
}

static int root_check(struct enabling *unused)
{
	return cpu_check_online(&cell_root()->assigned, -EINVAL, "enable");
}

static int firmware_take(struct enabling *enabling)
{
	return image_request(&enabling->image);
}

static void firmware_drop(struct enabling *enabling)
{
	release_firmware(enabling->image);
	enabling->image = NULL;
}

static int firmware_check(struct enabling *enabling)
{
	return image_check(enabling->image, enabling->max_cpus, hypervisor.config_size,
			   hypervisor.system.header->hypervisor_memory.size);
}

static int memory_take(struct enabling *unused)
{
	const struct jailhouse_memory *memory = &hypervisor.system.header->hypervisor_memory;

	return claim_take(memory->phys_start, memory->size);
}

static void memory_drop(struct enabling *unused)
{
	claim_drop();
}

static int clock_open(struct enabling *unused)
{
	return clock_gate_open(&hypervisor.system.header->debug_console);
}

/* Image and config into memory, and into the header what only the driver knows. */
static int image_fill(struct enabling *enabling)
{
	struct jailhouse_header *header = &hypervisor.header;
	struct claim *claim = &hypervisor.claim;
	struct transition transition;
	int error;

	cpu_arch_clocks(hypervisor.config);
	image_place(enabling->image, enabling->max_cpus);
	memcpy(header, claim->base, sizeof(*header));
	header->max_cpus = enabling->max_cpus;
	header->online_cpus = cpumask_weight(&cell_root()->assigned);
	header->flags = cpu_arch_flags() | (allow_unprotected ? CELLBLOCK_FLAG_ALLOW_UNPROTECTED : 0);
	header->config_size = hypervisor.config_size;
	header->hypervisor_phys = claim->start;
	header->hypervisor_size = claim->size;

	transition.area = claim->base + header->transition_offset;
	transition.area_phys = claim->start + header->transition_offset;
	transition.image_phys = claim->start;
	transition.image_size = min(claim->size, IMAGE_AREA_LIMIT);
	transition.entry = header->entry;
	error = transition_fill(&transition, &enabling->door);
	if (error)
		return error;
	header->transition_root = enabling->door.root;
	memcpy(claim->base, header, sizeof(*header));
	image_sync(enabling->max_cpus);
	return 0;
}

static int enter(struct enabling *enabling)
{
	int error;

	report_reset();
	down_write(&hypervisor.gate);
	error = enter_all(&enabling->door, &cell_root()->assigned);
	hypervisor.enabled = !error;
	up_write(&hypervisor.gate);
	if (!error)
		return 0;
	console_keep();
	if (error == -EAGAIN)
		return refuse(-EBUSY, "enable: a CPU came or went at the last moment; try again");
	return refuse_by_hypervisor(error, "enable");
}

/*
 * Virtual devices of the root cell, on a bridge of their own or not. One that cannot leaves its
 * sentence in "refusal", where who has enabled finds it.
 */
static void devices_appear(void)
{
	if (!hypervisor.system.header->platform_info.pci_is_virtual)
		pci_add_virtual(&hypervisor.system.root);
	else
		virtual_pci_add(&hypervisor.system);
}

static void devices_disappear(void)
{
	if (!hypervisor.system.header->platform_info.pci_is_virtual)
		pci_remove_virtual(&hypervisor.system.root);
	else
		virtual_pci_remove();
}

static const struct stage {
	int (*take)(struct enabling *enabling);
	void (*undo)(struct enabling *enabling);
} stages[] = {
	{ config_take, config_drop },
	{ cpu_check, NULL },
	{ root_make, root_drop },
	{ root_check, NULL },
	{ firmware_take, firmware_drop },
	{ firmware_check, NULL },
	{ memory_take, memory_drop },
	{ clock_open, NULL },
	{ image_fill, NULL },
	{ enter, NULL },
};

int enable(unsigned long argument)
{
	struct enabling enabling = { .argument = argument };
	int n, error = 0;

	if (!try_module_get(THIS_MODULE))
		return refuse(-EBUSY, "enable: the module is being unloaded");
	for (n = 0; n < ARRAY_SIZE(stages) && !error; n++)
		error = stages[n].take(&enabling);
	if (error) {
		for (n -= 2; n >= 0; n--)
			if (stages[n].undo)
				stages[n].undo(&enabling);
		module_put(THIS_MODULE);
		return error;
	}
	firmware_drop(&enabling);
	sysfs_core_show();
	devices_appear();
	pr_info("The Jailhouse is opening.\n");
	cell_warn(cell_root());
	return 0;
}

/* Closes the gate for good before leaving: a hypercall behind it would be an invalid opcode. */
static int leave(void)
{
	int error;

	console_keep();
	down_write(&hypervisor.gate);
	error = leave_all();
	hypervisor.enabled = error != 0;
	up_write(&hypervisor.gate);
	return error;
}

int disable(unsigned long unused)
{
	int error = cell_destroy_all();

	if (!error)
		error = cpu_check_online(&cell_root()->assigned, -EBUSY, "disable");
	if (error)
		return error;
	devices_disappear();
	error = leave();
	if (error) {
		devices_appear();
		return refuse_by_hypervisor(error, "disable");
	}
	cell_drop_root();
	blob_drop_system();
	module_put(THIS_MODULE);
	pr_info("The Jailhouse was closed.\n");
	return 0;
}
