// SPDX-License-Identifier: GPL-2.0
/*
 * Cells as requests see them. Creating checks everything that can be checked from here before the
 * first CPU goes offline; what fails later is undone in reverse.
 */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "blob.h"
#include "cell.h"
#include "cpu.h"
#include "hypercall.h"
#include "jailhouse.h"
#include "memory.h"
#include "pci.h"
#include "refusal.h"
#include "state.h"
#include "statistics.h"
#include "sysfs_cell.h"

struct cell *cell_root(void)
{
	return list_first_entry(&hypervisor.cells, struct cell, entry);
}

static struct cell *cell_new(void)
{
	struct cell *cell = kzalloc(sizeof(*cell), GFP_KERNEL);

	if (!cell) {
		refuse(-ENOMEM, "cell: Linux has no memory to keep track of it");
		return NULL;
	}
	INIT_LIST_HEAD(&cell->entry);
	sysfs_cell_init(cell);
	return cell;
}

/* Takes a cell that nothing depends on any more off the list and drops it. */
static void cell_drop(struct cell *cell)
{
	sysfs_cell_remove(cell);
	list_del(&cell->entry);
	blob_drop_cell(cell);
	kobject_put(&cell->kobj);
}

/* What the view says, in our own words. */
static int cell_describe(struct cell *cell)
{
	strscpy(cell->name, cell->view.desc->name, sizeof(cell->name));
	cell->unprotected = cell->view.unprotected;
	if (allow_unprotected)
		cell->unprotected |= JAILHOUSE_UNPROTECTED_IRQ | JAILHOUSE_UNPROTECTED_PIO;
	if (allow_unprotected && !hypervisor.system.header->platform_info.iommu_units[0].base)
		cell->unprotected |= JAILHOUSE_UNPROTECTED_DMA;
	return cpu_mask(&cell->view, &cell->assigned);
}

int cell_add_root(void)
{
	struct cell *cell = cell_new();
	int error;

	if (!cell)
		return -ENOMEM;
	cell->view = hypervisor.system.root;
	error = cell_describe(cell);
	if (!error && sysfs_cell_add(cell))
		error = refuse(-ENOMEM, "root cell: its sysfs directory cannot be made");
	if (!error && statistics_add_cpus(cell, &cell->assigned))
		error = refuse(-ENOMEM, "root cell: the sysfs links of its CPUs cannot be made");
	if (error)
		cell_drop(cell);
	else
		list_add(&cell->entry, &hypervisor.cells);
	return error;
}

void cell_drop_root(void)
{
	cell_drop(cell_root());
}

static struct cell *cell_find(const struct jailhouse_cell_id *wanted)
{
	struct cell *cell;

	list_for_each_entry(cell, &hypervisor.cells, entry) {
		if (wanted->id == JAILHOUSE_CELL_ID_UNUSED ?
		    !strncmp(cell->name, wanted->name, sizeof(cell->name)) : cell->id == wanted->id)
			return cell;
	}
	if (wanted->id == JAILHOUSE_CELL_ID_UNUSED)
		refuse(-ENOENT, "cell \"%.31s\": there is no cell of this name; see \"jailhouse cell list\"",
		       wanted->name);
	else
		refuse(-ENOENT, "cell %d: there is no cell with this id; see \"jailhouse cell list\"",
		       wanted->id);
	return NULL;
}

struct cell *cell_find_guest(const struct jailhouse_cell_id *wanted, int *error)
{
	struct cell *cell = cell_find(wanted);

	*error = cell ? 0 : -ENOENT;
	if (cell && cell->id == 0) {
		*error = refuse(-EINVAL, "cell \"%s\": this is the root cell, in which Linux runs; choose another cell",
				cell->name);
		cell = NULL;
	}
	return cell;
}

/* The cell an ID structure in user space means; NULL and *error: refused. */
static struct cell *cell_from_user(unsigned long argument, int *error)
{
	struct jailhouse_cell_id id;

	if (copy_from_user(&id, (void __user *)argument, sizeof(id))) {
		*error = refuse(-EFAULT, "cell: the id cannot be read from user address 0x%lx",
				argument);
		return NULL;
	}
	return cell_find_guest(&id, error);
}

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

	if (cpumask_test_cpu(0, &new->assigned))
		return refuse(-EINVAL, "cell \"%s\", cpu set: Linux cannot give away CPU 0; use another CPU in the config",
			      new->name);
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
		if (memory_is_reserved(mem->phys_start, mem->size) ||
		    region_intersects(mem->phys_start, mem->size, IORESOURCE_SYSTEM_RAM,
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

void cell_warn(const struct cell *cell)
{
	if (cell->unprotected)
		pr_warn("jailhouse: cell \"%s\" is unprotected:%s%s%s\n", cell->name,
			cell->unprotected & JAILHOUSE_UNPROTECTED_DMA ?
			" its devices can reach all memory (dma)" : "",
			cell->unprotected & JAILHOUSE_UNPROTECTED_IRQ ?
			" its devices can raise any interrupt (irq)" : "",
			cell->unprotected & JAILHOUSE_UNPROTECTED_DELIVERY ?
			" it can refuse to be interrupted (delivery)" : "");
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
	error = hypercall(JAILHOUSE_HC_CELL_CREATE, virt_to_phys(cell->blob), cell->blob_size);
	if (!error) {
		cell_book(cell);
		return 0;
	}
	refuse_by_hypervisor(error, "cell create");
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

int cell_start(unsigned long argument)
{
	int error;
	struct cell *cell = cell_from_user(argument, &error);

	if (!cell)
		return error;
	error = hypercall(JAILHOUSE_HC_CELL_START, cell->id, 0);
	return error ? refuse_by_hypervisor(error, "cell start") : 0;
}

static int cell_end(struct cell *cell)
{
	struct cell *root = cell_root();
	int error = hypercall(JAILHOUSE_HC_CELL_DESTROY, cell->id, 0);

	if (error)
		return refuse_by_hypervisor(error, "cell destroy");
	cpumask_or(&root->assigned, &root->assigned, &cell->assigned);
	statistics_move_cpus(cell, root, &cell->assigned);
	pci_let_go(&cell->view);
	cpu_give_back(&cell->offlined);
	pr_info("Destroyed Jailhouse cell \"%s\"\n", cell->name);
	cell_drop(cell);
	return 0;
}

int cell_destroy(unsigned long argument)
{
	int error;
	struct cell *cell = cell_from_user(argument, &error);

	return cell ? cell_end(cell) : error;
}

int cell_destroy_all(void)
{
	struct cell *cell, *next;
	int error = 0;

	list_for_each_entry_safe(cell, next, &hypervisor.cells, entry) {
		if (cell->id > 0)
			error = cell_end(cell);
		if (error)
			break;
	}
	return error;
}
