// SPDX-License-Identifier: GPL-2.0
/*
 * Creating a cell checks everything that can be checked from here before the first CPU goes offline;
 * what fails later is undone in reverse.
 */
#include <linux/cpu.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "blob.h"
#include "cell.h"
#include "cpu.h"
#include "cpu_arch.h"
#include "hypercall.h"
#include "jailhouse.h"
#include "memory.h"
#include "pci.h"
#include "refusal.h"
#include "state.h"
#include "statistics.h"
#include "sysfs_cell.h"

/* Lowest free id above the root cell's. */
static int cell_give_id(struct cell *new)
{
	struct cell *cell;
	bool taken = true;

	while (taken && ++new->id < CONFIG_MAX_CELLS) {
		taken = false;
		list_for_each_entry(cell, &hypervisor.cells, entry)
			taken |= cell->id == new->id;
	}
	if (taken)
		return refuse(-ENOSPC, "cell \"%s\": there are already %u cells, root included; destroy one",
			      new->name, CONFIG_MAX_CELLS);
	return 0;
}

/* Fields of the blob that are the driver's to fill. */
static int cell_complete(struct cell *cell)
{
	struct jailhouse_cell_desc *desc = cell->blob;
	int error;

	desc->name[JAILHOUSE_CELL_NAME_MAXLEN] = '\0';
	if (desc->flags & JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE)
		desc->flags |= JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED;
	error = cell_describe(cell);
	if (!error)
		error = cell_give_id(cell);
	desc->id = cell->id;
	return error;
}

static int cell_check_name(const struct cell *new)
{
	struct cell *cell;

	list_for_each_entry(cell, &hypervisor.cells, entry)
		if (!strcmp(cell->name, new->name))
			return refuse(-EEXIST, "cell \"%s\": there is a cell of this name already (id %u); destroy it, or change the name in the config",
				      new->name, cell->id);
	return 0;
}

static int cell_check_cpus(const struct cell *new)
{
	const struct cpumask *root = &cell_root()->assigned;

	if (!cpumask_subset(&new->assigned, root))
		return refuse(-EBUSY, "cell \"%s\", cpu set: CPUs %*pbl are not all the root cell's, which has %*pbl; destroy the cell that has them, or mend the config",
			      new->name, cpumask_pr_args(&new->assigned), cpumask_pr_args(root));
	return 0;
}

/* No byte the cell gets for itself, or may write, is still in use by Linux. */
static int cell_check_memory(const struct cell *new)
{
	const struct jailhouse_memory *mem;
	u32 n;

	for (n = 0; n < new->view.desc->num_memory_regions; n++) {
		mem = &new->view.memory[n];
		if (!mem->size || (mem->flags & JAILHOUSE_MEM_COMM_REGION))
			continue;
		if ((mem->flags & JAILHOUSE_MEM_ROOTSHARED) && !(mem->flags & JAILHOUSE_MEM_WRITE))
			continue;
		if (memory_is_reserved(mem->phys_start, mem->size))
			continue;
		if (cpu_arch_firmware_has(mem->phys_start, mem->size))
			return refuse(-EBUSY, "cell \"%s\", mem_regions[%u]: 0x%llx-0x%llx: firmware has its tables or services there, which Linux goes on using; use other memory in the config",
				      new->name, n, mem->phys_start, mem->phys_start + mem->size - 1);
		if (region_intersects(mem->phys_start, mem->size, IORESOURCE_SYSTEM_RAM,
				      IORES_DESC_NONE) == REGION_DISJOINT)
			continue;
		return refuse(-EBUSY, "cell \"%s\", mem_regions[%u]: 0x%llx-0x%llx is memory Linux uses; take it with \"jailhouse memory reserve\" first, or mend the config",
			      new->name, n, mem->phys_start, mem->phys_start + mem->size - 1);
	}
	return 0;
}

static int cell_check(const struct cell *new)
{
	int error = cell_check_name(new);

	if (!error)
		error = cell_check_cpus(new);
	if (!error)
		error = blob_check(new);
	if (!error)
		error = cell_check_memory(new);
	return error;
}

/* CPUs and statistics change hands in the books. */
static void cell_book(struct cell *cell)
{
	struct cell *root = cell_root();

	cpumask_andnot(&root->assigned, &root->assigned, &cell->assigned);
	list_add_tail(&cell->entry, &hypervisor.cells);
	statistics_move_cpus(root, cell, &cell->assigned);
	pr_info("Created Jailhouse cell \"%s\"\n", cell->name);
	cell_warn(cell);
}

/* Whoever switches a CPU on again meanwhile comes too early or too late, but not in between. */
static int create_offline(const struct cell *cell)
{
	int error;

	cpus_read_lock();
	if (cpumask_intersects(cpu_online_mask, &cell->assigned)) {
		cpus_read_unlock();
		return refuse(-EBUSY, "cell \"%s\": somebody has switched on again a CPU that it takes; try again",
			      cell->name);
	}
	error = hypercall(JAILHOUSE_HC_CELL_CREATE, virt_to_phys(cell->blob), cell->blob_size);
	cpus_read_unlock();
	return error ? refuse_by_hypervisor(error, "cell create") : 0;
}

/* Takes what the cell gets from Linux, tells the hypervisor, or undoes all of it. */
static int cell_perform_create(struct cell *cell)
{
	int error = pci_take(&cell->view);

	if (error)
		return error;
	error = cpu_take(&cell->assigned, &cell->offlined);
	if (error)
		goto let_devices_go;
	if (sysfs_cell_add(cell)) {
		error = refuse(-ENOMEM, "cell \"%s\": its sysfs directory cannot be made", cell->name);
		goto give_cpus_back;
	}
	error = create_offline(cell);
	if (!error) {
		cell_book(cell);
		return 0;
	}
	sysfs_cell_remove(cell);
give_cpus_back:
	cpu_give_back(&cell->offlined);
let_devices_go:
	pci_let_go(&cell->view);
	return error;
}

int cell_create(unsigned long argument)
{
	struct jailhouse_cell_create create;
	struct cell *cell;
	int error;

	if (copy_from_user(&create, (void __user *)argument, sizeof(create)))
		return refuse(-EFAULT, "cell create: the request cannot be read");
	cell = cell_new();
	if (!cell)
		return -ENOMEM;
	error = blob_take_cell(cell, create.config_address, create.config_size);
	if (!error)
		error = cell_complete(cell);
	if (!error)
		error = cell_check(cell);
	if (!error)
		error = cell_perform_create(cell);
	if (error)
		cell_drop(cell);
	return error;
}
