// SPDX-License-Identifier: GPL-2.0
/*
 * "cell linux": everything between a kernel on disk and a Linux that runs in a cell. All files are
 * read, the device tree made and every place found before the driver is asked for anything.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "blob.h"
#include "cell.h"
#include "command.h"
#include "linux_loader.h"
#include "linux_options.h"
#include "linux_place.h"
#include "linux_system.h"
#include "linux_tree.h"
#include "load.h"
#include "machine_live.h"
#include "number.h"
#include "report.h"

#define FACTOR_MAX 255
#define WORDS_MAX 2047	/* characters of a command line, COMMAND_LINE_SIZE of arm64 less the NUL */

/* What is loaded, in this order: the loader's words overwrite a part of the loader. */
enum part { PART_LOADER, PART_WORDS, PART_KERNEL, PART_TREE, PART_INITRD, PARTS };

struct job {
	struct linux_options options;
	bool packed;	/* the kernel is compressed in its file */
	struct file config, written, machine_file;
	struct cell_view cell;
	struct linux_kernel kernel;
	struct linux_system system;
	struct machine machine;
	struct linux_tree tree;
	struct linux_place place;
	struct image part[PARTS];
	char loader_path[512], loader_words[64];
};

/* The word of Python's platform module will do, too. */
static bool is_arm64(const char *arch)
{
	return !arch || strcmp(arch, "arm64") == 0 || strcmp(arch, "aarch64") == 0;
}

static bool is_x86(const struct file *config)
{
	const unsigned char *head = config->data;

	return config->size >= sizeof(struct jailhouse_cell_desc) &&
	       memcmp(head, JAILHOUSE_CELL_DESC_SIGNATURE, 5) == 0 && head[5] == JAILHOUSE_X86;
}

static bool open_config(struct job *job)
{
	const char *path = job->options.config;

	if (!file_open(&job->config, path))
		return false;
	if (is_x86(&job->config))
		return refuse("%s is a cell of an x86 machine, or lacks .architecture = "
			      "JAILHOUSE_ARM64; Linux in a cell is for arm64 so far, start other "
			      "programs with \"jailhouse cell load\"", path), false;
	if (!is_arm64(job->options.arch))
		return refuse("Linux in a cell is for arm64 so far, not for \"%s\"",
			      job->options.arch), false;
	if (!blob_view_cell(&job->cell, &config_arm64, &job->config, path))
		return false;
	return job->cell.desc->name[0] ||
	       (refuse("%s: the cell has no name; set .name in it", path), false);
}

/* What the driver would refuse later is refused first, in its words. */
static bool open_system(struct job *job)
{
	return linux_system_open(&job->system, job->options.system) &&
	       linux_system_takes(&job->system, &job->cell, job->options.config);
}

static bool open_part(struct image *part)
{
	return !part->path || (file_open(&part->file, part->path) &&
	       (part->file.size || (refuse("%s is empty", part->path), false)));
}

static bool open_loader(struct job *job)
{
	struct image *part = &job->part[PART_LOADER];

	part->path = linux_loader_find(job->options.loader, job->loader_path,
				       sizeof(job->loader_path));
	if (part->path)
		return open_part(part);
	part->path = LINUX_LOADER_NAME;
	return job->options.dry ||
	       (refuse("%s is neither beside this program nor in its library folder; name it with "
		       "--loader", LINUX_LOADER_NAME), false);
}

static bool open_kernel(struct job *job)
{
	struct image *kernel = &job->part[PART_KERNEL];

	if (!open_part(kernel))
		return false;
	job->packed = file_is_gzip(&kernel->file);
	return (!job->packed || file_gunzip(&kernel->file, kernel->path)) &&
	       linux_kernel_read(&job->kernel, kernel->file.data, kernel->file.size, kernel->path);
}

/* The user wants room behind the kernel for FACTOR times its file; its head may ask for more. */
static bool widen_kernel(struct job *job)
{
	const char *word = job->options.factor;
	u64 size = job->part[PART_KERNEL].file.size;
	unsigned long long factor;

	if (!word)
		return true;
	if (!number_parse(word, &factor) || factor > FACTOR_MAX)
		return refuse("-k wants a number from 0 to %d, not \"%s\"", FACTOR_MAX, word), false;
	if (job->kernel.size < size * (1 + factor))
		job->kernel.size = size * (1 + factor);
	return true;
}

static bool open_files(struct job *job)
{
	job->part[PART_KERNEL].path = job->options.kernel;
	job->part[PART_INITRD].path = job->options.initrd;
	return open_config(job) && open_system(job) && open_kernel(job) && widen_kernel(job) &&
	       open_part(&job->part[PART_INITRD]) && open_loader(job);
}

static bool has_links(const struct cell_view *cell)
{
	for (u32 i = 0; i < cell->desc->num_pci_devices; i++)
		if (cell->devices[i].type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			return true;
	return false;
}

/* What the tree is made of: the user's own one, or the machine's. */
static bool open_tree(struct job *job)
{
	struct linux_tree *tree = &job->tree;

	tree->cell = &job->cell;
	tree->machine = &job->machine;
	tree->words = job->options.words ? job->options.words : "";
	tree->initrd_size = job->part[PART_INITRD].file.size;
	if (strlen(tree->words) > WORDS_MAX)
		return refuse("the command line has %zu characters, Linux would cut it off after %d; "
			      "make it shorter", strlen(tree->words), WORDS_MAX), false;
	if (job->options.tree)
		return file_open(&job->written, job->options.tree);
	return machine_load(&job->machine, &job->machine_file, job->options.machine) &&
	       linux_system_gic(&job->system, &job->machine) &&
	       (!has_links(&job->cell) || linux_system_pci(&job->system, &tree->pci)) &&
	       linux_tree_plan(tree);
}

static bool make_tree(struct job *job)
{
	size_t room = linux_tree_room(&job->tree) + job->written.size;
	struct file *file = &job->part[PART_TREE].file;

	if (!file->data)
		file->data = malloc(room);
	if (!file->data)
		return refuse("there is no memory for a device tree of %zu bytes", room), false;
	if (job->options.tree)
		file->size = linux_tree_fill(&job->tree, job->written.data, job->written.size,
					     file->data, room, job->options.tree);
	else
		file->size = linux_tree_make(&job->tree, file->data, room);
	return file->size > 0;
}

/* The tree says where the initrd is, which lies behind the tree: its size is known first. */
static bool place_parts(struct job *job)
{
	struct linux_sizes sizes = {
		.kernel = job->kernel,
		.loader = job->part[PART_LOADER].file.size,
		.initrd = job->tree.initrd_size,
	};

	if (!make_tree(job))
		return false;
	sizes.tree = job->part[PART_TREE].file.size;
	if (!linux_place(&job->cell, &sizes, &job->place))
		return false;
	job->tree.initrd = job->place.initrd;
	snprintf(job->loader_words, sizeof(job->loader_words), "kernel=0x%llx dtb=0x%llx",
		 job->place.kernel, job->place.tree);
	job->part[PART_WORDS].file = (struct file) { .data = job->loader_words,
						     .size = strlen(job->loader_words) + 1 };
	job->part[PART_LOADER].address = job->place.loader;
	job->part[PART_WORDS].address = job->place.loader_words;
	job->part[PART_KERNEL].address = job->place.kernel;
	job->part[PART_TREE].address = job->place.tree;
	job->part[PART_INITRD].address = job->place.initrd;
	return make_tree(job);
}

static bool write_tree(const struct job *job)
{
	const char *path = job->options.write_tree;
	const struct file *tree = &job->part[PART_TREE].file;
	FILE *out = path ? fopen(path, "w") : NULL;
	bool good = out && fwrite(tree->data, 1, tree->size, out) == tree->size;

	if (out && fclose(out) != 0)
		good = false;
	return !path || good || (refuse("writing %s: %s", path, strerror(errno)), false);
}

static void print_commands(const struct job *job)
{
	const char *name = job->cell.desc->name;
	const char *tree = job->options.write_tree ? job->options.write_tree : "TREE.dtb";

	printf("jailhouse cell create %s\n", job->options.config);
	if (job->packed)
		printf("gunzip -c %s | ", job->part[PART_KERNEL].path);
	printf("jailhouse cell load --name \"%.31s\" %s -a 0x%llx -s \"%s\" -a 0x%llx %s -a 0x%llx "
	       "%s -a 0x%llx", name, job->part[PART_LOADER].path, job->place.loader,
	       job->loader_words, job->place.loader_words,
	       job->packed ? "/dev/stdin" : job->part[PART_KERNEL].path, job->place.kernel, tree, job->place.tree);
	if (job->options.initrd)
		printf(" %s -a 0x%llx", job->options.initrd, job->place.initrd);
	printf("\njailhouse cell start --name \"%.31s\"\n", name);
}

/* A cell that this command made does not outlive its failure. */
static int run(const struct job *job)
{
	struct jailhouse_cell_id id;
	char name[sizeof(job->cell.desc->name)];
	unsigned parts = job->options.initrd ? PARTS : PARTS - 1;
	bool existed;
	int code;

	snprintf(name, sizeof(name), "%.31s", job->cell.desc->name);
	if (!cell_id_parse(&id, name, true))
		return 1;
	existed = cell_exists(name);
	if (!existed && cell_create(job->config.data, job->config.size) != 0)
		return 1;
	code = images_load(&id, job->part, parts);
	if (code == 0)
		code = cell_request("JAILHOUSE_CELL_START", JAILHOUSE_CELL_START, &id);
	if (code != 0 && !existed)
		cell_request("JAILHOUSE_CELL_DESTROY", JAILHOUSE_CELL_DESTROY, &id);
	return code;
}

static void close_all(struct job *job)
{
	file_close(&job->config);
	file_close(&job->written);
	file_close(&job->machine_file);
	linux_system_close(&job->system);
	job->part[PART_WORDS].file = (struct file) { 0 };
	for (unsigned i = 0; i < PARTS; i++)
		file_close(&job->part[i].file);
	free(job);
}

int run_cell_linux(const struct arguments *arguments)
{
	struct job *job = calloc(1, sizeof(*job));
	int code = 1;

	if (!job)
		return refuse("there is no memory for %zu bytes", sizeof(*job));
	if (linux_options_parse(&job->options, arguments) && open_files(job) && open_tree(job) &&
	    place_parts(job) && write_tree(job)) {
		code = 0;
		if (job->options.dry)
			print_commands(job);
		else
			code = run(job);
	}
	close_all(job);
	return code;
}
