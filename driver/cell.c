// SPDX-License-Identifier: GPL-2.0
/* Cells as requests see them: the list of them, their start and their end. */
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "blob.h"
#include "cell.h"
#include "cpu.h"
#include "hypercall.h"
#include "jailhouse.h"
#include "pci.h"
#include "refusal.h"
#include "state.h"
#include "statistics.h"
#include "sysfs_cell.h"

struct cell *cell_root(void)
{
	return list_first_entry(&hypervisor.cells, struct cell, entry);
}

struct cell *cell_new(void)
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

void cell_drop(struct cell *cell)
{
	sysfs_cell_remove(cell);
	list_del(&cell->entry);
	blob_drop_cell(cell);
	kobject_put(&cell->kobj);
}

int cell_describe(struct cell *cell)
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

void cell_warn(const struct cell *cell)
{
	if (cell->unprotected)
		pr_warn("jailhouse: cell \"%s\" is unprotected:%s%s%s%s\n", cell->name,
			cell->unprotected & JAILHOUSE_UNPROTECTED_DMA ?
			" its devices can reach all memory (dma)" : "",
			cell->unprotected & JAILHOUSE_UNPROTECTED_IRQ ?
			" its devices can raise any interrupt (irq)" : "",
			cell->unprotected & JAILHOUSE_UNPROTECTED_PIO ?
			" its ports can be another cell's (pio)" : "",
			cell->unprotected & JAILHOUSE_UNPROTECTED_DELIVERY ?
			" it can refuse to be interrupted (delivery)" : "");
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
