// SPDX-License-Identifier: GPL-2.0
/* What only an SMMUv3 has: linear tables, a queue that stops, GBPA, events of many kinds. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <dev/iommu/smmuv3/smmuv3.h>
#include <host/iommu_rig.h>

static struct rig rig;

static enum status probe_why(u32 idr0, u32 idr1, u32 idr5)
{
	struct refusal refusal = { 0 };
	enum status why;

	rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
	rig.smmuv3.idr0 = idr0;
	rig.smmuv3.idr1 = idr1;
	rig.smmuv3.idr5 = idr5;
	why = iommu_probe(&rig.unit, &refusal);
	assert_int_equal(refusal.why, why);
	rig_close(&rig);
	return why;
}

#define IDR0 0x0d44101bU
#define IDR1 0x02730010U
#define IDR5 0x74U

static void probe_by_features(void **state)
{
	(void)state;
	assert_int_equal(probe_why(IDR0, IDR1, IDR5), OK);
	assert_int_equal(probe_why(0, IDR1, IDR5), IOMMU_ABSENT);
	assert_int_equal(probe_why(~0U, IDR1, IDR5), IOMMU_ABSENT);
	assert_int_equal(probe_why(IDR0 & ~1U, IDR1, IDR5), IOMMU_STAGE2);	/* stage 1 only */
	assert_int_equal(probe_why(IDR0 & ~8U, IDR1, IDR5), IOMMU_FORMAT);	/* no AArch64 tables */
	assert_int_equal(probe_why(IDR0 | 4U, IDR1, IDR5), OK);		/* both formats */
	assert_int_equal(probe_why(IDR0 | 3U << 21, IDR1, IDR5), IOMMU_FORMAT);	/* big endian */
	assert_int_equal(probe_why(IDR0 & ~(3U << 21), IDR1, IDR5), OK);	/* either */
	assert_int_equal(probe_why((IDR0 & ~(3U << 24)) | 2U << 24, IDR1, IDR5), IOMMU_FORMAT);
	assert_int_equal(probe_why(IDR0 & ~(3U << 24), IDR1, IDR5), OK);
	assert_int_equal(probe_why(IDR0, IDR1 | 1U << 29, IDR5), IOMMU_FORMAT);
	assert_int_equal(probe_why(IDR0, IDR1 | 1U << 30, IDR5), IOMMU_FORMAT);
	assert_int_equal(probe_why(IDR0, IDR1, IDR5 & ~0x10U), IOMMU_FORMAT);	/* no 4 KiB pages */
	assert_int_equal(probe_why(IDR0, IDR1, IDR5 | 7), IOMMU_FORMAT);	/* reserved size */
	assert_int_equal(probe_why(IDR0, IDR1, (IDR5 & ~7U) | 6), OK);
	/* A linear table only: up to 64 streams. */
	assert_int_equal(probe_why(IDR0 & ~(3U << 27), 0x02730006, IDR5), OK);
	assert_int_equal(probe_why(IDR0 & ~(3U << 27), 0x02730007, IDR5), IOMMU_FORMAT);
}

static void probe_by_state(void **state)
{
	static const u32 enables[] = { 1, 2, 4, 8 };
	struct refusal refusal;

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
		rig.smmuv3.cr0 = enables[i];
		assert_int_equal(iommu_probe(&rig.unit, &refusal), IOMMU_SMMU_ON);
		rig.smmuv3.cr0 = 0;
		rig.smmuv3.cr0ack = enables[i];
		assert_int_equal(iommu_probe(&rig.unit, &refusal), IOMMU_SMMU_ON);
		rig.smmuv3.cr0ack = 0;
		rig.config.size = 0x1ffff;
		assert_int_equal(iommu_probe(&rig.unit, &refusal), IOMMU_WINDOW);
		rig_close(&rig);
	}
}

/* --- a unit with 64 streams and one level --- */

static const struct generation linear_a = {
	.devices = {
		{ .bdf = 0, .cell = 0, .type = JAILHOUSE_PCI_TYPE_DEVICE },
		{ .bdf = 8, .cell = 0, .type = JAILHOUSE_PCI_TYPE_DEVICE },
		{ .bdf = 16, .cell = 1, .type = JAILHOUSE_PCI_TYPE_DEVICE },
	},
	.maps = { { { 0, 0x1fffff, 0, 3 } }, { { 0, 0xfff, 0x80000000, 3 } } },
};

static const struct generation linear_b = {
	.devices = {
		{ .bdf = 8, .cell = 1, .type = JAILHOUSE_PCI_TYPE_DEVICE },
		{ .bdf = 16, .cell = 1, .type = JAILHOUSE_PCI_TYPE_DEVICE },
		{ .bdf = 63, .cell = 0, .type = JAILHOUSE_PCI_TYPE_DEVICE },
	},
	.maps = { { { 0, 0xfff, 0, 1 } }, { { 0, 0x1fff, 0x90000000, 3 } } },
};

static const struct generation empty;

static void linear_open(bool coherent)
{
	rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
	rig.smmuv3.idr0 &= coherent ? ~(3U << 27) : ~(3U << 27 | 0x10U);
	rig.smmuv3.idr1 = 0x02730006;
	rig_save_registers(&rig);
}

static void linear_life(void **state)
{
	(void)state;
	for (unsigned coherent = 0; coherent < 2; coherent++) {
		linear_open(coherent);
		rig_build_and_start(&rig, &linear_a);
		rig_expect_generation(&rig, &linear_a);
		rig_commit(&rig, &linear_b, 2, 1);
		rig_expect_generation(&rig, &linear_b);
		rig_commit(&rig, &empty, 1, 2);
		rig_expect_generation(&rig, &empty);
		rig_commit(&rig, &linear_a, 2, 1);
		rig_expect_generation(&rig, &linear_a);
		rig_stop(&rig);
		rig_expect_off(&rig);
		rig_close(&rig);
	}
}

/* A DMA of every stream in the middle of an exchange: by the old entry, by the new one, or not at all. */
static void look_at_all_streams(void)
{
	u64 out;

	for (u16 stream = 0; stream < 64; stream++) {
		const struct map *old = rig_granted(&linear_a, stream, 0x10);
		const struct map *new = rig_granted(&linear_b, stream, 0x10);

		fake_forget_entries(&rig.smmuv3.caches);	/* looks anew at each word */
		if (!rig.shape->dma(&rig, stream, 0x10, FAKE_READ, &out))
			continue;
		assert_true((old && out == old->out + 0x10) || (new && out == new->out + 0x10));
	}
}

static void linear_entries_are_whole(void **state)
{
	struct iommu_fault fault;

	linear_open(false);
	rig_build_and_start(&rig, &linear_a);
	rig_expect_generation(&rig, &linear_a);
	assert_int_equal(rig_build(&rig, &linear_b, 2), OK);
	fake_on_flush(look_at_all_streams);
	assert_int_equal(iommu_commit(&rig.unit, &rig.tables[1]), OK);
	fake_on_flush(NULL);
	while (rig_take_fault(&rig, &fault))
		;
	rig_expect_generation(&rig, &linear_b);
	rig_stop(&rig);
	rig_close(&rig);
}

/* Each command of an exchange is late once: three steps of two, two cells of two, the last SYNC. */
static void linear_comes_back(void **state)
{
	(void)state;
	for (unsigned from = 0; from < 11; from++) {
		linear_open(true);
		rig_build_and_start(&rig, &linear_a);
		rig_expect_generation(&rig, &linear_a);
		assert_int_equal(rig_build(&rig, &linear_b, 2), OK);
		fake_mute(from, 1, FAKE_LATE);
		assert_int_equal(iommu_commit(&rig.unit, &rig.tables[1]), IOMMU_WAIT_INVALIDATE);
		fake_mute(0, 0, 0);
		rig_give_up(&rig, 2);
		rig_expect_generation(&rig, &linear_a);
		rig_commit(&rig, &linear_b, 2, 1);
		rig_expect_generation(&rig, &linear_b);
		rig_stop(&rig);
		rig_close(&rig);
	}
}

/* --- tables wider than one root --- */

static void wide_roots(void **state)
{
	static const struct { u64 at; u32 idr5; } rows[] = {
		{ 0x8000000000, 0x72 }, { 0xfffffff000, 0x72 },	/* 40 bits: 2 roots */
		{ 0x3fffffff000, 0x73 },	/* 42 bits: 8 roots */
		{ 0x8000000000, 0x74 }, { 0xffffffff000, 0x74 },	/* 44 bits: 4 levels */
		{ 0xfffffffff000, 0x75 },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct generation wide = {
			.devices = { { .bdf = 8, .cell = 1, .type = JAILHOUSE_PCI_TYPE_DEVICE } },
			.maps = {
				[1] = {
					{ 0x1000, 0x1fff, 0x80000000, 3 },
					{ rows[i].at, rows[i].at + 0xfff, 0x80001000, 3 },
				},
			},
		};

		rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
		rig.smmuv3.idr5 = rows[i].idr5;
		rig_build_and_start(&rig, &wide);
		for (unsigned bit = 12; bit < 52; bit++)
			rig_expect_dma(&rig, &wide, 8, rows[i].at ^ (1ULL << bit), FAKE_WRITE);
		rig_expect_dma(&rig, &wide, 8, rows[i].at + 8, FAKE_WRITE);
		rig_expect_dma(&rig, &wide, 8, 0x1008, FAKE_READ);
		rig_stop(&rig);
		rig_close(&rig);
	}
}

/* --- the command queue stops --- */

/* A refused command fails its exchange only: the old tables come back, the next exchange works. */
static void refuse_each_command(u32 reason)
{
	for (unsigned command = 1; command <= 8; command++) {
		rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
		rig_build_and_start(&rig, &generation_a);
		assert_int_equal(rig_build(&rig, &generation_b, 2), OK);
		rig.smmuv3.illegal = rig.smmuv3.commands + command;
		rig.smmuv3.reason = reason;
		assert_int_equal(iommu_commit(&rig.unit, &rig.tables[1]), IOMMU_BAD_QUEUE);
		assert_int_equal((rig.smmuv3.gerror ^ rig.smmuv3.gerrorn) & 1, 0);
		rig_give_up(&rig, 2);
		rig_expect_sample(&rig, &generation_a);
		rig_commit(&rig, &generation_b, 2, 1);
		rig_expect_generation(&rig, &generation_b);
		rig_stop(&rig);
		rig_close(&rig);
	}
}

static void bad_command_is_skipped(void **state)
{
	(void)state;
	refuse_each_command(1);
}

static void aborted_command_is_read_again(void **state)
{
	(void)state;
	refuse_each_command(2);
}

/* --- on and off --- */

static void aborts_while_it_goes_on(void **state)
{
	u64 out;

	(void)state;
	rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
	rig_save_registers(&rig);
	rig_probe(&rig);
	assert_int_equal(rig_build(&rig, &generation_a, 1), OK);
	fake_mute(7, 1, FAKE_LATE);	/* the switch itself */
	assert_int_equal(iommu_start(&rig.unit, &rig.tables[0]), IOMMU_WAIT_SWITCH);
	fake_mute(0, 0, 0);
	rig_expect_off(&rig);
	pool_drop(&rig.pool, 1);
	rig_build_and_start(&rig, &generation_a);
	assert_true(rig.smmuv3.gbpa & 0x100000);
	rig.smmuv3.cr0ack = 0;	/* whatever turns it off but stop */
	assert_false(rig.shape->dma(&rig, 8, 0, FAKE_READ, &out));
	rig_close(&rig);
}

/* Of listed streams and of others, through a unit with ATS and one without. */
static void translated_addresses_abort(void)
{
	struct iommu_fault fault;

	assert_false(fake_smmuv3_translated_dma(&rig.smmuv3, 0x0008, 0x80000000, FAKE_READ));
	assert_true(rig_take_fault(&rig, &fault));
	assert_true(fault.requester == 0x0008 && fault.address == 0x80000000 && !fault.write);
	assert_non_null(strstr(fault.text, "claims"));
	assert_false(fake_smmuv3_translated_dma(&rig.smmuv3, 0x0007, 0x80000000, FAKE_WRITE));
	assert_false(rig_take_fault(&rig, &fault));
}

/* Whatever firmware left in ATSCHK; it is given back. */
static void devices_cannot_translate(void **state)
{
	(void)state;
	for (unsigned kind = 0; kind < 3; kind++) {
		rig_open(&rig, &shapes[kind ? SHAPE_SMMUV3_SMALL : SHAPE_SMMUV3], POOL_PAGES);
		rig.smmuv3.cr0 = rig.smmuv3.cr0ack = kind == 2 ? 0x10 : 0;
		rig_save_registers(&rig);
		rig_build_and_start(&rig, &generation_a);
		translated_addresses_abort();
		rig_commit(&rig, &generation_b, 2, 1);
		translated_addresses_abort();
		rig_stop(&rig);
		assert_false(fake_smmuv3_translated_dma(&rig.smmuv3, 0x0008, 0x80000000, FAKE_READ));
		rig_expect_off(&rig);
		rig_close(&rig);
	}
}

/* --- events --- */

static void expect_denial(u64 iova, bool overflow)
{
	struct iommu_fault fault;
	u64 out;

	assert_false(rig.shape->dma(&rig, 0x0008, iova, FAKE_WRITE, &out));
	assert_true(rig_take_fault(&rig, &fault));
	assert_true(fault.address == iova && fault.overflow == overflow);
	assert_false(rig_take_fault(&rig, &fault));
}

/* With an empty queue, too: the loss is told once, by the next event, and all goes on. */
static void events_go_on_after_an_abort(void **state)
{
	struct iommu_fault fault;
	u64 out;

	(void)state;
	rig_open(&rig, &shapes[SHAPE_SMMUV3], POOL_PAGES);
	rig_build_and_start(&rig, &generation_a);
	for (unsigned lap = 0; lap < 2; lap++) {
		rig.smmuv3.event_aborts = true;
		assert_false(rig.shape->dma(&rig, 0x0008, 0x300000, FAKE_WRITE, &out));
		assert_false(rig_take_fault(&rig, &fault));
		expect_denial(0x301000, true);
		expect_denial(0x302000, false);
	}
	assert_false(rig.shape->dma(&rig, 0x0008, 0x303000, FAKE_WRITE, &out));
	rig.smmuv3.event_aborts = true;
	assert_false(rig.shape->dma(&rig, 0x0008, 0x304000, FAKE_WRITE, &out));
	assert_true(rig_take_fault(&rig, &fault));
	assert_true(fault.address == 0x303000 && fault.overflow);
	expect_denial(0x305000, false);
	rig_stop(&rig);
	rig_close(&rig);
}

static void events_by_kind(void **state)
{
	static const struct { u64 type; bool blind; const char *word; } rows[] = {
		{ 0x01, false, "may not send" }, { 0x02, true, "lists" }, { 0x03, true, "stream table" },
		{ 0x04, true, "lists" }, { 0x05, false, "asked for" }, { 0x06, true, "SMMUv3" },
		{ 0x07, false, "claims" }, { 0x08, true, "space" }, { 0x09, true, "SMMUv3" },
		{ 0x0a, true, "SMMUv3" }, { 0x0b, false, "page table" }, { 0x10, false, "access to" },
		{ 0x11, false, "width" }, { 0x13, false, "of this kind" }, { 0x20, true, "SMMUv3" },
		{ 0xff, true, "SMMUv3" },
	};

	(void)state;
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct smmuv3_event event = {
			{ rows[i].type | 0x12345678ULL << 32, 0x28800000000, 0x123456789abc },
		};
		struct iommu_fault fault;

		smmuv3_decode(&event, &fault);
		assert_true(fault.stream && !fault.overflow);
		assert_int_equal(fault.requester, 0x12345678);
		assert_int_equal(fault.reason, rows[i].type);
		assert_int_equal(fault.blind, rows[i].blind);
		assert_non_null(strstr(fault.text, rows[i].word));
		if (!fault.blind) {
			assert_false(fault.write);
			assert_true(fault.address == 0x123456789abc);
		}
	}
	/* A write that QEMU's unit blocked. */
	const struct smmuv3_event write = { { 0x800000010, 0x28000000000, 0x7fc00000, 0x7fc00000 } };
	struct iommu_fault fault;

	smmuv3_decode(&write, &fault);
	assert_true(fault.write);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(probe_by_features),
		cmocka_unit_test(probe_by_state),
		cmocka_unit_test(linear_life),
		cmocka_unit_test(linear_entries_are_whole),
		cmocka_unit_test(linear_comes_back),
		cmocka_unit_test(wide_roots),
		cmocka_unit_test(bad_command_is_skipped),
		cmocka_unit_test(aborted_command_is_read_again),
		cmocka_unit_test(aborts_while_it_goes_on),
		cmocka_unit_test(devices_cannot_translate),
		cmocka_unit_test(events_go_on_after_an_abort),
		cmocka_unit_test(events_by_kind),
	};

	return cmocka_run_group_tests_name("dev/iommu/smmuv3", tests, NULL, NULL);
}
