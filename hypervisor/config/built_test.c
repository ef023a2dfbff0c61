// SPDX-License-Identifier: GPL-2.0
/*
 * The configs that were built from configs/x86 obey the rules, alone and together with those meant
 * to run beside them, and fail where they must. Needs build/configs/x86 in the working directory.
 */
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

#define FOLDER "build/configs/x86/"
#define ALL_CELLS 2

struct set {
	u8 *system_blob, *blobs[ALL_CELLS];
	u32 size, sizes[ALL_CELLS];
	u32 allow_unprotected;
	const struct config_arch *arch;
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
	enum status status = system_view_open(&system, s->arch, s->system_blob, s->size, &s->refusal);

	for (unsigned i = 0; i < ALL_CELLS && status == OK; i++) {
		if (!s->blobs[i])
			continue;
		status = cell_view_open(&cells[i], s->arch, s->blobs[i], s->sizes[i], &s->refusal);
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
	struct set s = { .allow_unprotected = allow, .arch = &config_x86 };
	char text[512] = "ok";
	enum status status;

	s.system_blob = read_config(system, &s.size);
	if (strip)
		s.size -= (u32)sizeof(struct jailhouse_extension_only_unprotected);
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

static const char *const systems[] = { "qemu-q35", "qemu-q35-vtd", "qemu-q35-none",
					"qemu-q35-bench", "qemu-q35-vtd-bench",
					"qemu-q35-none-bench" };

static void systems_alone(void **state)
{
	(void)state;
	for (unsigned i = 0; i < sizeof(systems) / sizeof(systems[0]); i++)
		expect(OK, systems[i], NULL, NULL, false, 0);
}

/*
 * Every cell that was built, on every machine; only a device needs more on the one without IOMMU.
 */
static void each_cell_on_each_machine(void **state)
{
	unsigned cells = 0;
	char name[64];
	glob_t files;

	(void)state;
	assert_int_equal(glob(FOLDER "*.cell", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		snprintf(name, sizeof(name), "%s", files.gl_pathv[i] + strlen(FOLDER));
		*strrchr(name, '.') = 0;
		if (strncmp(name, "qemu-", 5) == 0)
			continue;
		cells++;
		expect(OK, "qemu-q35", name, NULL, false, 0);
		expect(OK, "qemu-q35-vtd", name, NULL, false, 0);
		expect(strcmp(name, "pci") == 0 ? STATUS_NO_IOMMU : OK, "qemu-q35-none", name, NULL,
		       false, 0);
	}
	globfree(&files);
	assert_true(cells >= 10);
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
	for (unsigned i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		expect(OK, "qemu-q35", pairs[i][0], pairs[i][1], false, 0);
}

static void conflicts(void **state)
{
	(void)state;
	expect(STATUS_NAME_TWICE, "qemu-q35", "hello", "hello", false, 0);
	expect(STATUS_CPU_TWICE, "qemu-q35", "hello", "timer", false, 0);
	expect(STATUS_CPU_TWICE, "qemu-q35", "smp", "hello2", false, 0);
	expect(STATUS_VIEW_SIGNATURE, "hello", NULL, NULL, false, 0);
	expect(STATUS_VIEW_SIGNATURE, "qemu-q35", "qemu-q35-vtd", NULL, false, 0);
}

/* Plain revision-14 blobs: all cells without devices are such, and systems without their record. */
static void blobs_without_extension(void **state)
{
	u32 size;

	(void)state;
	free(read_config("hello", &size));
	assert_int_equal(size, 132 + 8 + 2 * 32 + 4);
	expect(OK, "qemu-q35", "hello", "ivshmem", true, 0);
	expect(OK, "qemu-q35-vtd", "hello", NULL, true, 0);
	expect(STATUS_NO_IOMMU, "qemu-q35-none", NULL, NULL, true, 0);
	expect(OK, "qemu-q35-none", "hello", NULL, true, JAILHOUSE_UNPROTECTED_DMA);
	expect(OK, "qemu-q35-none", "pci", NULL, true, JAILHOUSE_UNPROTECTED_ALL);
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
