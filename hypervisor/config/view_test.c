// SPDX-License-Identifier: GPL-2.0
/* Views: every truncated or oversized blob is refused without a byte read outside it. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <config/view_kit.h>

/* The only shorter blob that is complete is the one without extension block. */
static void truncated_at_every_length(void **state)
{
	(void)state;
	for (unsigned system = 0; system < 2; system++) {
		const u32 size = write_blob(system);

		assert_int_equal(open_bytes(system, room, size), OK);
		for (u32 n = 0; n < size; n++)
			if (n == size - EXTENSION_BYTES)
				assert_int_equal(open_bytes(system, room, n), OK);
			else
				assert_int_not_equal(open_bytes(system, room, n), OK);
	}
}

static void truncation_is_named(void **state)
{
	u32 size = write_blob(false);

	(void)state;
	assert_int_equal(open_bytes(false, room, 0), STATUS_VIEW_TRUNCATED);
	assert_int_equal(open_bytes(false, room, 131), STATUS_VIEW_TRUNCATED);
	assert_int_equal(open_bytes(false, room, 132), STATUS_VIEW_TRUNCATED);
	assert_int_equal(open_bytes(false, room, 140), STATUS_VIEW_COUNT);
	assert_int_equal(refusal.object, OBJECT_MEMORY);
	assert_string_equal(refusal.cell, "one");
	assert_int_equal(open_bytes(false, room, size - 1), STATUS_EXT_SIZE);
	size = write_blob(true);
	assert_int_equal(open_bytes(true, room, 487), STATUS_VIEW_TRUNCATED);
	assert_int_equal(open_bytes(true, room, size - EXTENSION_BYTES + 15), STATUS_VIEW_TRAILING);
}

static void trailing_bytes(void **state)
{
	struct machine m;
	u32 size;

	(void)state;
	machine_standard(&m);
	m.cell[0].unprotected = 0;
	size = config_write_cell(&m.cell[0], room, sizeof(room));
	assert_int_equal(open_bytes(false, room, size), OK);
	room[size] = 0;
	assert_int_equal(open_bytes(false, room, size + 1), STATUS_VIEW_TRAILING);
	memset(room + size, 0, 64);
	assert_int_equal(open_bytes(false, room, size + 64), STATUS_VIEW_TRAILING);
	size = write_blob(false);
	memset(room + size, 0, 8);
	assert_int_equal(open_bytes(false, room, size + 8), STATUS_EXT_SIZE);
}

static void heads(void **state)
{
	const u32 size = write_blob(false);

	(void)state;
	assert_int_equal(open_bytes(true, room, size), STATUS_VIEW_SIGNATURE);
	room[4] ^= 1;
	assert_int_equal(open_bytes(false, room, size), STATUS_VIEW_SIGNATURE);
	room[4] ^= 1;
	room[5] = JAILHOUSE_ARM64;
	assert_int_equal(open_bytes(false, room, size), STATUS_VIEW_ARCHITECTURE);
	room[6] = 13;
	assert_int_equal(open_bytes(false, room, size), STATUS_VIEW_REVISION);
	room[6] = 15;
	assert_int_equal(open_bytes(false, room, size), STATUS_VIEW_REVISION);
	write_blob(true);
	room[7] = 1;
	assert_int_equal(open_bytes(true, room, 488), STATUS_VIEW_REVISION);
}

/* The root cell's own signature, architecture and revision do not count. */
static void head_of_root_cell_is_ignored(void **state)
{
	const u32 size = write_blob(true);

	(void)state;
	memset(room + 0x164, 0xff, 8);
	assert_int_equal(open_bytes(true, room, size), OK);
}

static void cpu_set_sizes(void **state)
{
	struct jailhouse_cell_desc *desc = (void *)room;

	(void)state;
	memset(room, 0, sizeof(room));
	write_blob(false);
	memset(&desc->num_memory_regions, 0, 7 * 4);
	desc->cpu_set_size = CONFIG_MAX_CPU_SET;
	assert_int_equal(open_bytes(false, room, 132 + CONFIG_MAX_CPU_SET), OK);
	desc->cpu_set_size++;
	assert_int_equal(open_bytes(false, room, 133 + CONFIG_MAX_CPU_SET), STATUS_VIEW_CPU_SET);
	desc->cpu_set_size = 0xffffffff;
	assert_int_equal(open_bytes(false, room, 132 + 4096), STATUS_VIEW_CPU_SET);
}

/* Counts whose bytes wrap in 32 bits (2^32 / entry size) and the largest ones. */
static void oversized_counts(void **state)
{
	static const u32 sizes[7] = { 32, 12, 32, 4, 56, 8, 4 };
	static const enum object objects[7] = {
		OBJECT_MEMORY, OBJECT_CACHE, OBJECT_IRQCHIP, OBJECT_PIO, OBJECT_PCI_DEVICE,
		OBJECT_PCI_CAP, OBJECT_STREAM_ID,
	};

	(void)state;
	for (unsigned i = 0; i < 7; i++) {
		const u32 wraps = (u32)(0x100000000ULL / sizes[i]) + 1,
			  counts[] = {wraps, 0xffffffff, 2048};

		for (unsigned j = 0; j < 3; j++) {
			const u32 size = write_blob(false);

			memcpy(room + 0x34 + 4 * i, &counts[j], 4);
			assert_int_equal(open_bytes(false, room, size), STATUS_VIEW_COUNT);
			assert_int_equal(refusal.object, objects[i]);
			assert_int_equal(refusal.a, counts[j]);
			assert_int_equal(cell_blob_size(room, size),
					 j < 2 ? 0 : cell_blob_size(room, 132));
		}
	}
}

static void blob_too_big(void **state)
{
	u8 *big = calloc(1, CONFIG_MAX_BLOB + 1);
	const u32 size = write_blob(false);

	(void)state;
	memcpy(big, room, size);
	assert_int_equal(open_bytes(false, big, CONFIG_MAX_BLOB), STATUS_EXT_SIZE);
	assert_int_equal(open_bytes(false, big, CONFIG_MAX_BLOB + 1), STATUS_VIEW_BIG);
	free(big);
}

/* The smallest and the largest blob: a descriptor alone, and stream ids up to the limit. */
static void blobs_at_the_limits(void **state)
{
	struct jailhouse_cell_desc *desc = (void *)room;

	(void)state;
	write_blob(false);
	memset(room + 0x30, 0, sizeof(room) - 0x30);
	assert_int_equal(open_bytes(false, room, 132), OK);
	assert_int_equal(cell_blob_size(room, 132), 132);
	desc->num_stream_ids = (CONFIG_MAX_BLOB - 132) / 4;
	assert_int_equal(open_bytes(false, room, CONFIG_MAX_BLOB), OK);
	assert_int_equal(cell_blob_size(room, 132), CONFIG_MAX_BLOB);
	desc->num_stream_ids++;
	assert_int_equal(open_bytes(false, room, CONFIG_MAX_BLOB), STATUS_VIEW_COUNT);
	assert_int_equal(cell_blob_size(room, 132), 0);
}

static void sizes_from_the_start(void **state)
{
	const u32 size = write_blob(false);

	(void)state;
	assert_int_equal(cell_blob_size(room, 131), 0);
	assert_int_equal(cell_blob_size(room, 132), size - EXTENSION_BYTES);
	assert_int_equal(cell_blob_size(room, size - EXTENSION_BYTES + 15), size - EXTENSION_BYTES);
	assert_int_equal(cell_blob_size(room, size - EXTENSION_BYTES + 16), size);
	assert_int_equal(cell_blob_size(room, sizeof(room)), size);
	room[size - EXTENSION_BYTES + 14] = 0xff;	/* size of the block: above the limit */
	assert_int_equal(cell_blob_size(room, sizeof(room)), 0);
	write_blob(true);
	assert_int_equal(system_blob_size(room, 487), 0);
	assert_int_not_equal(system_blob_size(room, 488), 0);
}

static void arrays_are_where_they_belong(void **state)
{
	struct cell_view view;
	struct machine m;
	u32 size;

	(void)state;
	machine_standard(&m);
	size = config_write_cell(&m.cell[1], room, sizeof(room));
	assert_int_equal(cell_view_open(&view, &config_x86, room, size, &refusal), OK);
	assert_int_equal(view.cpus[0], 4);
	assert_memory_equal(view.memory, m.cell[1].memory, 32 * m.cell[1].desc.num_memory_regions);
	assert_int_equal(view.irqchips[0].address, 0xfec00000);
	assert_int_equal(view.pio[0].base, 0x2e8);
	assert_int_equal(view.devices[CELL_DEVICE].bdf, 6 << 3);
	assert_int_equal(view.caps[0].start, 0x40);
	assert_int_equal(view.unprotected, JAILHOUSE_UNPROTECTED_IRQ);
	assert_int_equal(view.extension_size, 16);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(truncated_at_every_length),
		cmocka_unit_test(truncation_is_named),
		cmocka_unit_test(trailing_bytes),
		cmocka_unit_test(heads),
		cmocka_unit_test(head_of_root_cell_is_ignored),
		cmocka_unit_test(cpu_set_sizes),
		cmocka_unit_test(oversized_counts),
		cmocka_unit_test(blob_too_big),
		cmocka_unit_test(blobs_at_the_limits),
		cmocka_unit_test(sizes_from_the_start),
		cmocka_unit_test(arrays_are_where_they_belong),
	};

	return cmocka_run_group_tests_name("config/view", tests, NULL, NULL);
}
