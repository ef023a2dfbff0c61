// SPDX-License-Identifier: GPL-2.0
/*
 * The configs that were built from configs/ obey the rules, alone and together with those meant to
 * run beside them, and fail where they must. Needs build/configs in the working directory.
 */
#define _GNU_SOURCE	/* memmem() */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include <config/config.h>

#define FOLDER "build/configs/"
#define ALL_CELLS 2

struct set {
	u8 *system_blob, *blobs[ALL_CELLS];
	u32 size, sizes[ALL_CELLS];
	u32 allow_unprotected;
	struct refusal refusal;
};

static u8 *read_file(const char *path, u32 *size)
{
	FILE *file = fopen(path, "rb");
	u8 *blob = malloc(CONFIG_MAX_BLOB);

	if (!file)
		fail_msg("%s is not built", path);
	*size = (u32)fread(blob, 1, CONFIG_MAX_BLOB, file);
	fclose(file);
	blob = realloc(blob, *size);
	return blob;
}

static u8 *read_config(const char *name, u32 *size)
{
	char path[256];

	snprintf(path, sizeof(path), FOLDER "%s.cell", name);
	return read_file(path, size);
}

static enum status check(struct set *s)
{
	struct cell_view cells[ALL_CELLS];
	struct system_view system;
	struct config_set set = { .system = &system, .allow_unprotected = s->allow_unprotected };
	/* Signature, then architecture. */
	const struct config_arch *arch = config_arch_of(s->system_blob[5]);
	enum status status = system_view_open(&system, arch, s->system_blob, s->size, &s->refusal);

	for (unsigned i = 0; i < ALL_CELLS && status == OK; i++) {
		if (!s->blobs[i])
			continue;
		status = cell_view_open(&cells[i], arch, s->blobs[i], s->sizes[i], &s->refusal);
		set.cells[1 + i] = &cells[i];
	}
	return status != OK ? status : config_check(&set, &s->refusal);
}

static void close_set(struct set *s)
{
	free(s->system_blob);
	for (unsigned i = 0; i < ALL_CELLS; i++)
		free(s->blobs[i]);
}

/* Names of a system and up to two cells; strip: without the extension block of the system. */
static void expect(enum status why, const char *system, const char *one, const char *two,
		   bool strip, u32 allow)
{
	struct set s = { .allow_unprotected = allow };
	char text[512] = "ok";
	enum status status;

	s.system_blob = read_config(system, &s.size);
	if (strip)
		s.size = (u32)((u8 *)memmem(s.system_blob, s.size, JAILHOUSE_EXTENSION_MAGIC, 8) -
			       s.system_blob);
	if (one)
		s.blobs[0] = read_config(one, &s.sizes[0]);
	if (two)
		s.blobs[1] = read_config(two, &s.sizes[1]);
	status = check(&s);
	if (status != OK)
		refusal_print(&s.refusal, text, sizeof(text));
	close_set(&s);
	if (status != why)
		fail_msg("%s + %s + %s: expected %s, got %s", system, one ? one : "-",
			 two ? two : "-", status_rule(why), text);
}

/* Machines on which all cells of a folder run. */
static const struct machine_row {
	const char *folder, *system;
	bool confines;	/* it has a unit */
} machines[] = {
	{ "x86", "qemu-q35", true }, { "x86", "qemu-q35-vtd", true },
	{ "x86", "qemu-q35-none", false }, { "x86", "qemu-q35-bench", true },
	{ "arm64", "qemu-virt", true }, { "arm64", "qemu-virt-gic2", true },
	{ "arm64", "qemu-virt-acpi", true },
	{ "arm64", "qemu-virt-none", false }, { "arm64", "qemu-virt-gic2-none", false },
	{ "arm64", "qemu-virt-bench", true }, { "arm64", "qemu-virt-none-bench", false },
	{ "arm64", "qemu-virt-gic2-bench", true }, { "arm64", "qemu-virt-gic2-none-bench", false },
};

#define MACHINES (sizeof(machines) / sizeof(machines[0]))

/* The same with names of one folder. */
static void expect_in(const char *folder, enum status why, const char *system, const char *one,
		      const char *two)
{
	const char *names[] = { system, one, two };
	char paths[3][64];

	for (unsigned i = 0; i < 3; i++)
		snprintf(paths[i], sizeof(paths[i]), "%s/%s", folder, names[i] ? names[i] : "");
	expect(why, paths[0], one ? paths[1] : NULL, two ? paths[2] : NULL, false, 0);
}

static void systems_alone(void **state)
{
	(void)state;
	for (unsigned i = 0; i < MACHINES; i++)
		expect_in(machines[i].folder, OK, machines[i].system, NULL, NULL);
	expect_in("arm64", OK, "rpi4", NULL, NULL);
}

/* A cell on all machines of its folder; only a device needs more on those without IOMMU. */
static void expect_everywhere(const char *folder, const char *name)
{
	const bool device = strncmp(name, "pci", 3) == 0;

	for (unsigned i = 0; i < MACHINES; i++)
		if (strcmp(machines[i].folder, folder) == 0)
			expect_in(folder, device && !machines[i].confines ? STATUS_NO_IOMMU : OK,
				  machines[i].system, name, NULL);
}

/* Cells of the test machine that were built in a folder. */
static unsigned each_cell(const char *folder)
{
	char pattern[64], name[64];
	unsigned cells = 0;
	glob_t files;

	snprintf(pattern, sizeof(pattern), FOLDER "%s/*.cell", folder);
	assert_int_equal(glob(pattern, 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		snprintf(name, sizeof(name), "%s", strrchr(files.gl_pathv[i], '/') + 1);
		*strrchr(name, '.') = 0;
		if (strncmp(name, "qemu-", 5) == 0 || strncmp(name, "rpi4", 4) == 0)
			continue;
		cells++;
		expect_everywhere(folder, name);
	}
	globfree(&files);
	return cells;
}

static void each_cell_on_each_machine(void **state)
{
	(void)state;
	assert_true(each_cell("x86") >= 10);
	assert_true(each_cell("arm64") >= 11);
	expect_in("arm64", OK, "rpi4", "rpi4-demo", NULL);
}

static void cells_side_by_side(void **state)
{
	static const char *const pairs[][2] = {
		{"hello", "hello2"},  {"hello", "ivshmem"},  {"timer", "hello2"},
		{"timer", "ivshmem"}, {"ring1", "ring2"},    {"ring2", "ring1"},
		{"faults", "hello2"}, {"pci", "hello2"},     {"pci", "ivshmem"},
		{"bench", "hello2"},  {"faults", "ivshmem"},
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		expect_in("x86", OK, "qemu-q35", pairs[i][0], pairs[i][1]);
		expect_in("arm64", OK, "qemu-virt", pairs[i][0], pairs[i][1]);
		expect_in("arm64", OK, "qemu-virt-gic2", pairs[i][0], pairs[i][1]);
	}
}

static void conflicts(void **state)
{
	(void)state;
	expect_in("x86", STATUS_NAME_TWICE, "qemu-q35", "hello", "hello");
	expect_in("x86", STATUS_CPU_TWICE, "qemu-q35", "hello", "timer");
	expect_in("x86", STATUS_CPU_TWICE, "qemu-q35", "smp", "hello2");
	expect_in("x86", STATUS_VIEW_SIGNATURE, "hello", NULL, NULL);
	expect_in("x86", STATUS_VIEW_SIGNATURE, "qemu-q35", "qemu-q35-vtd", NULL);
	expect_in("arm64", STATUS_CPU_TWICE, "qemu-virt", "linux", "hello");
	expect_in("arm64", STATUS_VIEW_SIGNATURE, "qemu-virt", "rpi4", NULL);
	expect_in("arm64", STATUS_SPI_CHIP, "qemu-virt", "rpi4-demo", NULL);
	expect(STATUS_VIEW_ARCHITECTURE, "arm64/qemu-virt", "x86/hello", NULL, false, 0);
	expect(STATUS_VIEW_ARCHITECTURE, "x86/qemu-q35", "arm64/hello", NULL, false, 0);
}

/* Plain revision-14 blobs: all cells without devices are such, and systems without their record. */
static void blobs_without_extension(void **state)
{
	u32 size;

	(void)state;
	free(read_config("x86/hello", &size));
	assert_int_equal(size, 132 + 8 + 2 * 32 + 4);
	expect(OK, "x86/qemu-q35", "x86/hello", "x86/ivshmem", true, 0);
	expect(OK, "x86/qemu-q35-vtd", "x86/hello", NULL, true, 0);
	expect(STATUS_NO_IOMMU, "x86/qemu-q35-none", NULL, NULL, true, 0);
	expect(OK, "x86/qemu-q35-none", "x86/hello", NULL, true, JAILHOUSE_UNPROTECTED_DMA);
	expect(OK, "x86/qemu-q35-none", "x86/pci", NULL, true, JAILHOUSE_UNPROTECTED_ALL);
	expect(OK, "arm64/qemu-virt", "arm64/pci", NULL, true, 0);
	expect(STATUS_NO_IOMMU, "arm64/qemu-virt-none", NULL, NULL, true, 0);
	expect(OK, "arm64/qemu-virt-none", "arm64/pci", NULL, true, JAILHOUSE_UNPROTECTED_DMA);
	expect(STATUS_NO_IOMMU, "arm64/rpi4", NULL, NULL, true, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(systems_alone),
		cmocka_unit_test(each_cell_on_each_machine),
		cmocka_unit_test(cells_side_by_side),
		cmocka_unit_test(conflicts),
		cmocka_unit_test(blobs_without_extension),
	};

	return cmocka_run_group_tests_name("config/built", tests, NULL, NULL);
}
