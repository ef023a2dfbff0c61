// SPDX-License-Identifier: GPL-2.0
/* Configs from user space: copied once, then checked by the same code as in the hypervisor. */
#include <linux/gfp.h>
#include <linux/string.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "blob.h"
#include "cell.h"
#include "cpu_arch.h"
#include "refusal.h"
#include "state.h"

/*
 * ENABLE comes without a size, so the blob says itself how long it is: first its header, then the
 * arrays the header counts, then the extension block that may follow them.
 */
static int blob_read_system(void *blob, const void __user *from, u32 *size)
{
	const u32 look_ahead = sizeof(struct jailhouse_extension_header);
	struct refusal refusal = {};
	u32 have = sizeof(struct jailhouse_system), wanted;
	enum status status;

	if (copy_from_user(blob, from, have))
		return refuse(-EFAULT, "system config: its header cannot be read from user address 0x%lx",
			      (unsigned long)from);
	wanted = system_blob_size(blob, have);
	if (!wanted || wanted > CONFIG_MAX_BLOB) {
		status = system_view_open(&hypervisor.system, cpu_config_arch, blob, have, &refusal);
		if (status != OK)
			return refuse_by_rule(NULL, &refusal);
		return refuse(-EINVAL, "system config: its arrays take %u bytes, at most %u are possible; mend the config",
			      wanted, CONFIG_MAX_BLOB);
	}
	if (copy_from_user(blob + have, from + have, wanted - have))
		return refuse(-EFAULT, "system config: its header counts %u bytes, but less can be read; the file is truncated",
			      wanted);
	have = wanted + look_ahead;
	if (have > CONFIG_MAX_BLOB || copy_from_user(blob + wanted, from + wanted, look_ahead)) {
		memset(blob + wanted, 0, look_ahead);
		*size = wanted;
		return 0;
	}
	wanted = system_blob_size(blob, have);
	if (!wanted || wanted > CONFIG_MAX_BLOB)
		return refuse(-EINVAL, "system config: its extension block is malformed; mend the config");
	if (wanted > have && copy_from_user(blob + have, from + have, wanted - have))
		return refuse(-EFAULT, "system config: its extension block is truncated");
	*size = wanted;
	return 0;
}

static int blob_open_system(void)
{
	struct refusal refusal = {};

	if (system_view_open(&hypervisor.system, cpu_config_arch, hypervisor.config,
			     hypervisor.config_size, &refusal) != OK)
		return refuse_by_rule(NULL, &refusal);
	return blob_check(NULL);
}

/* The blob is read into room for the largest one and kept in as much as it needs. */
static int blob_copy_system(unsigned long address)
{
	void *room = vzalloc(CONFIG_MAX_BLOB + sizeof(struct jailhouse_extension_header));
	int error = -ENOMEM;

	if (room)
		error = blob_read_system(room, (const void __user *)address,
					 &hypervisor.config_size);
	if (!error)
		hypervisor.config = kmemdup(room, hypervisor.config_size, GFP_KERNEL);
	vfree(room);
	if (!hypervisor.config && (!error || !room))
		return refuse(-ENOMEM, "system config: Linux has no memory for a copy");
	return error;
}

int blob_take_system(unsigned long address)
{
	int error = blob_copy_system(address);

	if (!error)
		error = blob_open_system();
	if (error)
		blob_drop_system();
	return error;
}

void blob_drop_system(void)
{
	kfree(hypervisor.config);
	hypervisor.config = NULL;
	hypervisor.config_size = 0;
	hypervisor.system = (struct system_view) {};
}

static int blob_open_cell(struct cell *cell)
{
	struct refusal refusal = {};

	if (cell_view_open(&cell->view, cpu_config_arch, cell->blob, cell->blob_size, &refusal) != OK)
		return refuse_by_rule(NULL, &refusal);
	return 0;
}

int blob_take_cell(struct cell *cell, u64 address, u32 size)
{
	int error;

	if (size < sizeof(struct jailhouse_cell_desc) || size > CONFIG_MAX_BLOB)
		return refuse(-EINVAL, "cell config: %u bytes, but it must have between %zu and %u; mend the config",
			      size, sizeof(struct jailhouse_cell_desc), CONFIG_MAX_BLOB);
	cell->blob = alloc_pages_exact(size, GFP_KERNEL | __GFP_ZERO);
	if (!cell->blob)
		return refuse(-ENOMEM, "cell config: Linux has no %u contiguous bytes for a copy",
			      size);
	cell->blob_size = size;
	if (copy_from_user(cell->blob, u64_to_user_ptr(address), size))
		error = refuse(-EFAULT, "cell config: %u bytes cannot be read from user address 0x%llx",
			       size, address);
	else
		error = blob_open_cell(cell);
	if (error)
		blob_drop_cell(cell);
	return error;
}

void blob_drop_cell(struct cell *cell)
{
	if (cell->blob)
		free_pages_exact(cell->blob, cell->blob_size);
	cell->blob = NULL;
}

int blob_check(const struct cell *more)
{
	struct config_set set = {
		.system = &hypervisor.system,
		.allow_unprotected = allow_unprotected ? JAILHOUSE_UNPROTECTED_ALL : 0,
	};
	struct refusal refusal = {};
	struct cell *cell;

	list_for_each_entry(cell, &hypervisor.cells, entry)
		if (cell->id > 0)
			set.cells[cell->id] = &cell->view;
	if (more)
		set.cells[more->id] = &more->view;
	return config_check(&set, &refusal) == OK ? 0 : refuse_by_rule(&set, &refusal);
}
