// SPDX-License-Identifier: GPL-2.0
/* Images from user space into the memory of a cell that has been made loadable. */
#include <linux/io.h>
#include <linux/uaccess.h>

#include "cell.h"
#include "cpu_arch.h"
#include "hypercall.h"
#include "jailhouse.h"
#include "refusal.h"

/* The loadable region that holds the image as a whole, or NULL and a refusal. */
static const struct jailhouse_memory *load_region(const struct cell *cell,
						  const struct jailhouse_preload_image *image)
{
	const u64 needed = JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_LOADABLE;
	const struct jailhouse_memory *mem;
	u64 offset;
	u32 n;

	for (n = 0; n < cell->view.desc->num_memory_regions; n++) {
		mem = &cell->view.memory[n];
		offset = image->target_address - mem->virt_start;
		if (image->target_address < mem->virt_start || offset >= mem->size)
			continue;
		if ((mem->flags & needed) != needed)
			refuse(-EINVAL, "cell \"%s\", mem_regions[%u]: the image for 0x%llx needs flags WRITE and LOADABLE there (has 0x%llx); use another address or mend the config",
			       cell->name, n, image->target_address, mem->flags);
		else if (image->size > mem->size - offset)
			refuse(-EINVAL, "cell \"%s\", mem_regions[%u]: the image of %llu bytes for 0x%llx ends behind the region, which has %llu bytes from there; enlarge the region",
			       cell->name, n, image->size, image->target_address, mem->size - offset);
		else
			return mem;
		return NULL;
	}
	refuse(-EINVAL, "cell \"%s\": no memory region holds the image address 0x%llx; use an address inside a LOADABLE region",
	       cell->name, image->target_address);
	return NULL;
}

static int load_image(const struct cell *cell, const struct jailhouse_preload_image *image)
{
	const struct jailhouse_memory *mem;
	void *to;
	u64 phys;
	int error = 0;

	if (!image->size)
		return 0;
	mem = load_region(cell, image);
	if (!mem)
		return -EINVAL;
	phys = mem->phys_start + (image->target_address - mem->virt_start);
	to = memremap(phys, image->size, MEMREMAP_WB);
	if (!to)
		return refuse(-EBUSY, "cell \"%s\": Linux cannot map the cell's memory at 0x%llx, size 0x%llx",
			      cell->name, phys, image->size);
	if (copy_from_user(to, u64_to_user_ptr(image->source_address), image->size))
		error = refuse(-EFAULT, "cell \"%s\": the image of %llu bytes cannot be read from user address 0x%llx",
			       cell->name, image->size, image->source_address);
	cpu_arch_sync(to, image->size);
	memunmap(to);
	return error;
}

int cell_load(unsigned long argument)
{
	const struct jailhouse_cell_load __user *user = (void __user *)argument;
	struct jailhouse_preload_image image;
	struct jailhouse_cell_load load;
	struct cell *cell;
	int error;
	u32 n;

	if (copy_from_user(&load, user, sizeof(load)))
		return refuse(-EFAULT, "cell load: the request cannot be read");
	cell = cell_find_guest(&load.cell_id, &error);
	if (!cell)
		return error;
	error = hypercall(JAILHOUSE_HC_CELL_SET_LOADABLE, cell->id, 0);
	if (error)
		return refuse_by_hypervisor(error, load.num_preload_images ? "cell load" :
					    "cell shutdown");
	for (n = 0; n < load.num_preload_images && !error; n++) {
		if (copy_from_user(&image, &user->image[n], sizeof(image)))
			return refuse(-EFAULT, "cell load: image %u of the request cannot be read", n);
		error = load_image(cell, &image);
	}
	return error;
}
