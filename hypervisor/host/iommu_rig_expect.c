// SPDX-License-Identifier: GPL-2.0
/* DMA and faults of a unit, compared with what the generation says. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <host/iommu_rig.h>

static void expect_fault(struct rig *rig, const struct generation *generation, u16 bdf, u64 iova,
			 enum fake_access access)
{
	u16 cell = rig_owner_of(generation, bdf);
	bool blind = rig->shape->blind && (cell == PLAN_NONE || !generation->maps[cell][0].last);
	struct iommu_fault fault;

	assert_true(rig_take_fault(rig, &fault));
	assert_int_equal(fault.requester, bdf);
	assert_int_equal(fault.blind, blind);
	if (!blind) {
		assert_int_equal(fault.address, iova & rig->shape->address_mask);
		assert_int_equal(fault.write, access == FAKE_WRITE);
	}
	assert_false(fault.overflow);
	assert_non_null(fault.text);
	assert_false(rig_take_fault(rig, &fault));
}

void rig_expect_dma(struct rig *rig, const struct generation *generation, u16 bdf, u64 iova,
		       enum fake_access access)
{
	const struct map *map = rig_granted(generation, bdf, iova);
	u64 out;
	bool passed = rig->shape->dma(rig, bdf, iova, access, &out);

	if (map && (map->rights & access)) {
		if (!passed)
			fail_msg("%s: %04x is kept from %llx", rig->shape->name, bdf, iova);
		assert_int_equal(out, iova - map->first + map->out);
		return;
	}
	if (passed)
		fail_msg("%s: %04x reaches %llx", rig->shape->name, bdf, iova);
	expect_fault(rig, generation, bdf, iova, access);
}

/* Every requester of buses 0 and 3 that is near a listed one, and of buses nobody is on. */
void rig_expect_generation(struct rig *rig, const struct generation *generation)
{
	static const u16 far[] = { 0x0100, 0x01ff, 0x0300, 0x0301, 0x03fe, 0x03ff, 0x0400, 0xffff };

	for (unsigned p = 0; p < PROBES; p++) {
		for (u16 bdf = 0; bdf < 0x100; bdf++) {
			rig_expect_dma(rig, generation, bdf, probes[p], FAKE_READ);
			rig_expect_dma(rig, generation, bdf, probes[p], FAKE_WRITE);
		}
		for (unsigned i = 0; i < sizeof(far) / sizeof(far[0]); i++) {
			rig_expect_dma(rig, generation, far[i], probes[p], FAKE_READ);
			rig_expect_dma(rig, generation, far[i], probes[p], FAKE_WRITE);
		}
	}
}

/* Both generations agree with what most devices see, so one sample is enough where time matters. */
void rig_expect_sample(struct rig *rig, const struct generation *generation)
{
	rig_expect_dma(rig, generation, 0x0008, 0x0, FAKE_WRITE);
	rig_expect_dma(rig, generation, 0x0008, 0x1000, FAKE_WRITE);
	rig_expect_dma(rig, generation, 0x0010, 0x0, FAKE_READ);
	rig_expect_dma(rig, generation, 0x00fb, 0x1000, FAKE_READ);
	rig_expect_dma(rig, generation, 0x0300, 0x100000000, FAKE_WRITE);
	rig_expect_dma(rig, generation, 0x0007, 0x0, FAKE_WRITE);
}

void rig_expect_off(struct rig *r)
{
	u64 out;

	r->shape->expect_saved(r);
	assert_false(r->shape->on(r));
	assert_true(r->shape->dma(r, 0x0007, 0x123000, FAKE_WRITE, &out));
	assert_int_equal(out, 0x123000);
}
