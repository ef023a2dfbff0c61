// SPDX-License-Identifier: GPL-2.0
/* Root Linux shows its flattened tree and the node of each CPU. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <libfdt.h>

#include "device.h"
#include "machine_live.h"
#include "report.h"

#define TREE_FILE "/sys/firmware/fdt"

/* The affinity of one of Linux's CPUs: the "reg" of its node, one or two cells. */
static bool read_affinity(unsigned cpu, u64 *affinity)
{
	char path[96];
	fdt32_t cells[2] = { 0 };
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "/sys/devices/system/cpu/cpu%u/of_node/reg", cpu);
	fd = open(device_system_file(path), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = read(fd, cells, sizeof(cells));
	close(fd);
	*affinity = fdt32_to_cpu(cells[0]);
	if (got == 8)
		*affinity = *affinity << 32 | fdt32_to_cpu(cells[1]);
	return got == 4 || got == 8;
}

static bool number_cpus(struct machine *machine)
{
	u64 affinity;

	for (unsigned cpu = 0; read_affinity(cpu, &affinity); cpu++)
		if (!machine_number_cpu(machine, cpu, affinity))
			return refuse("CPU %u has affinity 0x%llx, which is not in "TREE_FILE, cpu,
				      affinity), false;
	return true;
}

bool machine_load(struct machine *machine, struct file *file, const char *path)
{
	const char *name = path ? path : device_system_file(TREE_FILE);

	if (!file_open(file, name))
		return refuse(path ? "--machine wants a flattened device tree" :
			      "without root Linux's device tree nobody knows the interrupt "
			      "controller; give one with --machine, or the cell's with --dtb"), false;
	if (machine_open(machine, file->data, file->size, name) && (path || number_cpus(machine)))
		return true;
	file_close(file);
	return false;
}
