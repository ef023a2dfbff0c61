// SPDX-License-Identifier: GPL-2.0
/* Layout of the claimed memory:  core | max_cpus x per-CPU area | system config | pool. */
#include <linux/align.h>
#include <linux/firmware.h>
#include <linux/string.h>

#include "cpu_arch.h"
#include "image.h"
#include "refusal.h"
#include "state.h"
#include "sysfs.h"

int image_request(const struct firmware **image)
{
	const char *name;
	int error = cpu_arch_image(&name);

	if (error)
		return error;
	error = firmware_request_nowarn(image, name, hypervisor_device());
	if (error)
		return refuse(error, "firmware file \"%s\": not found in the firmware path (error %d); install it as /lib/firmware/%s",
			      name, error, name);
	return 0;
}

u64 image_config_offset(const struct jailhouse_header *header, unsigned int max_cpus)
{
	return ALIGN(header->core_size + max_cpus * header->percpu_size, IMAGE_PAGE);
}

/* Behind the config copy. */
static u64 image_end(const struct jailhouse_header *header, unsigned int max_cpus, u32 config_size)
{
	return image_config_offset(header, max_cpus) + ALIGN((u64)config_size, IMAGE_PAGE);
}

/* Offsets and sizes of the header make sense for a file of that size. */
static bool header_is_sound(const struct jailhouse_header *header, size_t file_size)
{
	u64 transition_end = header->transition_offset + CELLBLOCK_TRANSITION_PAGES * IMAGE_PAGE;

	return file_size >= sizeof(*header) && file_size >= header->file_size &&
	       !memcmp(header->signature, JAILHOUSE_SIGNATURE, sizeof(header->signature)) &&
	       header->core_size >= file_size && header->core_size <= IMAGE_AREA_LIMIT &&
	       header->percpu_size <= IMAGE_AREA_LIMIT &&
	       IS_ALIGNED(header->core_size | header->percpu_size | header->console_page |
			  header->report_page | header->transition_offset, IMAGE_PAGE) &&
	       header->entry < header->core_size &&
	       header->console_page <= header->core_size - IMAGE_PAGE &&
	       header->report_page <= header->core_size - IMAGE_PAGE &&
	       header->transition_offset < header->core_size && transition_end <= header->core_size;
}

int image_check(const struct firmware *image, unsigned int max_cpus, u32 config_size, u64 size)
{
	const struct jailhouse_header *header = (const void *)image->data;
	u64 area, needed;

	if (!header_is_sound(header, image->size))
		return refuse(-EINVAL, "firmware file: %zu bytes without a sound hypervisor header, or cut off; install the image built together with this driver",
			      image->size);
	area = header->core_size + max_cpus * header->percpu_size;
	if (area > IMAGE_AREA_LIMIT)
		return refuse(-EINVAL, "hypervisor image: core and areas of %u CPUs take %llu bytes, at most %llu can be mapped; use lower CPU numbers",
			      max_cpus, area, IMAGE_AREA_LIMIT);
	needed = image_end(header, max_cpus, config_size);
	if (needed >= size)
		return refuse(-EINVAL, "hypervisor_memory: image, %u CPUs and config take %llu bytes and need some more for tables, the region has %llu; enlarge hypervisor_memory in the system config",
			      max_cpus, needed, size);
	return 0;
}

void image_place(const struct firmware *image, unsigned int max_cpus)
{
	const struct jailhouse_header *header = (const void *)image->data;
	u64 config_offset = image_config_offset(header, max_cpus);
	void *base = hypervisor.claim.base;

	memcpy(base, image->data, image->size);
	memset(base + image->size, 0,
	       image_end(header, max_cpus, hypervisor.config_size) - image->size);
	memcpy(base + config_offset, hypervisor.config, hypervisor.config_size);
}

void image_sync(unsigned int max_cpus)
{
	cpu_arch_sync(hypervisor.claim.base,
		      image_end(&hypervisor.header, max_cpus, hypervisor.config_size));
}
