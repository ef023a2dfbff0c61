/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Everything the driver remembers about a hypervisor: where it lies, what it was given, whether it
 * is in charge. One instance, in main.c; all of it is changed under its lock only.
 */
#ifndef DRIVER_STATE_H
#define DRIVER_STATE_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>

#include <config/config.h>
#include <jailhouse/header.h>

/* The region hypervisor_memory while Linux cannot use it, mapped. Outlives disable, for "core". */
struct claim {
	u64 start, size;
	void *base;		/* NULL: nothing is claimed */
	bool requested;		/* entry of our own in iomem, not part of a reservation */
};

struct hypervisor {
	struct mutex lock;		/* one request at a time */
	struct rw_semaphore gate;	/* read: a hypercall is under way; write: enter or leave */
	bool enabled;			/* changed with the gate closed */
	struct claim claim;
	struct jailhouse_header header;	/* as read from the image, with our fields filled in */
	void *config;			/* private copy of the system config */
	u32 config_size;
	struct system_view system;	/* points into config */
	struct list_head cells;		/* struct cell; the root cell is first */
};

extern struct hypervisor hypervisor;
extern bool allow_unprotected;

#endif
