// SPDX-License-Identifier: GPL-2.0
/*
 * A GICv2's CPU interface is where the configuration says. Some boards' trees have one of 128 KiB,
 * in which each page appears 16 times, and Linux chooses among them; the hypervisor shows 8 KiB.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device.h"
#include "linux_system.h"
#include "report.h"
#include "sysfs.h"

#define GICV2_CPU_INTERFACE 0x2000u	/* what the hypervisor shows of it */

/* Rules for the system, or with a cell; what may be unprotected is the driver's to say. */
static bool rules_hold(const struct linux_system *system, const struct cell_view *cell,
		       const char *path)
{
	const struct config_set set = {
		.system = &system->view, .cells = { NULL, cell },
		.allow_unprotected = JAILHOUSE_UNPROTECTED_ALL,
	};
	struct refusal refusal;
	char text[1024];

	if (config_check(&set, &refusal) == OK)
		return true;
	config_refusal_print(&set, &refusal, text, sizeof(text));
	return refuse("%s: %s", path, text), false;
}

/* The one in force, when this user may read it and it is of a machine that has cells like this. */
static bool open_live(struct linux_system *system)
{
	char path[SYSFS_PATH_MAX];
	const struct jailhouse_system *header;

	snprintf(path, sizeof(path), "%s/config", device_sysfs());
	if (access(path, R_OK) != 0)
		return true;
	if (!file_open(&system->file, path))
		return false;
	header = system->file.data;
	if (system->file.size < sizeof(*header) || header->architecture != JAILHOUSE_ARM64)
		return true;
	system->known = true;
	return blob_view_system(&system->view, &system->file, path);
}

bool linux_system_open(struct linux_system *system, const char *path)
{
	*system = (struct linux_system) { 0 };
	if (!path)
		return open_live(system);
	if (!file_open(&system->file, path) ||
	    !blob_view_system(&system->view, &system->file, path))
		return false;
	if (system->view.arch != &config_arm64)
		return refuse("%s is of an x86 machine, the cell is for arm64", path), false;
	system->known = true;
	return rules_hold(system, NULL, path);
}

void linux_system_close(struct linux_system *system)
{
	file_close(&system->file);
}

bool linux_system_takes(const struct linux_system *system, const struct cell_view *cell,
			const char *path)
{
	return !system->known || rules_hold(system, cell, path);
}

bool linux_system_pci(const struct linux_system *system, struct linux_pci *pci)
{
	if (!system->known)
		return refuse("where the cell's shared-memory devices are, the system "
			      "configuration says; enable the hypervisor first, or give --system"), false;
	*pci = (struct linux_pci) {
		.base = system->view.header->platform_info.pci_mmconfig_base,
		.end_bus = system->view.header->platform_info.pci_mmconfig_end_bus,
	};
	return true;
}

static bool same_place(const char *name, u64 tree, u64 config)
{
	return tree == config ||
	       (refuse("the machine's device tree and the system configuration are of different "
		       "machines: %s 0x%llx there, 0x%llx here; give those of one machine with "
		       "--machine and --system", name, tree, config), false);
}

/* The places of the configuration, which are where the hypervisor shows the frames. */
static bool gic_fits(const struct jailhouse_system *header, const struct machine *machine)
{
	const unsigned version = header->platform_info.arm.gic_version;
	const struct machine_range *region = machine->gic_region;

	return same_place("gic_version", machine->gic_version, version == 4 ? 3 : version) &&
	       same_place("gicd_base", region[0].start, header->platform_info.arm.gicd_base) &&
	       (version == 2 || same_place("gicr_base", region[1].start,
					   header->platform_info.arm.gicr_base));
}

bool linux_system_gic(const struct linux_system *system, struct machine *machine)
{
	struct machine_range *interface = &machine->gic_region[1];

	if (system->known && !gic_fits(system->view.header, machine))
		return false;
	if (machine->gic_version != 2)
		return true;
	if (system->known)
		interface->start = system->view.header->platform_info.arm.gicc_base;
	if (system->known || interface->size > GICV2_CPU_INTERFACE)
		interface->size = GICV2_CPU_INTERFACE;
	return true;
}
