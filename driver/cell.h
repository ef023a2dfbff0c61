/* SPDX-License-Identifier: GPL-2.0 */
/* The cells as the driver knows them. All functions: under the driver's lock. */
#ifndef DRIVER_CELL_H
#define DRIVER_CELL_H

#include <linux/cpumask.h>
#include <linux/kobject.h>
#include <linux/list.h>

#include <config/config.h>

struct jailhouse_cell_id;

struct cell {
	struct kobject kobj;		/* cells/<id>; its end is the end of this memory */
	struct list_head entry;		/* in hypervisor.cells */
	unsigned int id;		/* 0: root */
	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	void *blob;			/* physically contiguous; NULL: root, whose config is elsewhere */
	u32 blob_size;
	struct cell_view view;
	u32 unprotected;		/* JAILHOUSE_UNPROTECTED_*: not isolated */
	struct cpumask assigned;
	struct cpumask offlined;	/* taken offline by us, to come back */
};

/* An empty cell that is in no list; NULL: refused. */
struct cell *cell_new(void);
/* Fills in name, CPUs and what is unprotected from the cell's view; 0 or a refusal. */
int cell_describe(struct cell *cell);
/* Takes a cell that nothing depends on any more off the list and drops it. */
void cell_drop(struct cell *cell);
/* Adds the root cell of hypervisor.system to the list; 0 or a refusal. And takes it off again. */
int cell_add_root(void);
void cell_drop_root(void);
/* The cell that is meant, but not the root cell; NULL and *error: refused. */
struct cell *cell_find_guest(const struct jailhouse_cell_id *wanted, int *error);
/* Says in the kernel log what of this cell is not isolated, if anything. */
void cell_warn(const struct cell *cell);
/* The root cell; there is one from enable to disable. */
struct cell *cell_root(void);

/* Requests from user space; 0 or a refusal. */
int cell_create(unsigned long argument);
int cell_load(unsigned long argument);
int cell_start(unsigned long argument);
int cell_destroy(unsigned long argument);
/* Destroys all but the root cell; stops at the first that refuses. */
int cell_destroy_all(void);

#endif
