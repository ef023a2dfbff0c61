// SPDX-License-Identifier: GPL-2.0
/*
 * Any bytes as a set of configs: two bytes with the length of the system blob, the system blob, and
 * the rest as a cell blob. Whatever the answer, nothing outside the blobs is read, the size that
 * the head claims agrees with a view that opened, and a refusal has a sentence.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <config/config.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool sure)
{
	if (!sure)
		abort();
}

static void expect_sentence(enum status status, const struct refusal *refusal)
{
	char text[1024];

	expect(refusal->why == (u32)status);
	expect(refusal_print(refusal, text, sizeof(text)) < sizeof(text) - 1);
}

/* The architecture that the bytes name, when they name one. */
static const struct config_arch *arch_of(const u8 *blob, u32 size)
{
	const u32 at = offsetof(struct jailhouse_system, architecture);
	const struct config_arch *arch = size > at ? config_arch_of(blob[at]) : NULL;

	return arch ? arch : &config_x86;
}

static void check(const u8 *system_blob, u32 system_size, const u8 *cell_blob, u32 cell_size)
{
	struct refusal refusal = { 0 };
	struct system_view system;
	struct cell_view cell;
	struct config_set set = { .system = &system };
	const struct config_arch *arch = arch_of(system_blob, system_size);
	enum status status = system_view_open(&system, arch, system_blob, system_size, &refusal);

	if (status == OK) {
		expect(system_blob_size(system_blob, system_size) == system_size);
		status = cell_view_open(&cell, arch, cell_blob, cell_size, &refusal);
	}
	if (status == OK) {
		expect(cell_blob_size(cell_blob, cell_size) == cell_size);
		set.cells[CONFIG_MAX_CELLS - 1] = &cell;
		status = config_check(&set, &refusal);
	}
	if (status != OK)
		expect_sentence(status, &refusal);
}

/* Copies of exactly their size, so that the sanitizer sees the first byte too many. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t first;
	u8 *system, *cell;

	if (size < 2 || size > CONFIG_MAX_BLOB)
		return 0;
	first = data[0] | (size_t)data[1] << 8;
	data += 2;
	size -= 2;
	if (first > size)
		first = size;
	system = malloc(first ? first : 1);
	cell = malloc(size > first ? size - first : 1);
	memcpy(system, data, first);
	memcpy(cell, data + first, size - first);
	check(system, (u32)first, cell, (u32)(size - first));
	free(system);
	free(cell);
	return 0;
}
