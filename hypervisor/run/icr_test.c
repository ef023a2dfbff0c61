// SPDX-License-Identifier: GPL-2.0
/* Interrupt commands of a four-CPU cell that is CPUs 1, 2, 3, 5 of a machine, and what they reach. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <run/icr.h>

#define LOGICAL 0x800U
#define ASSERT 0x4000U
#define LEVEL 0x8000U
#define FIXED(v) (0x000U | (v))
#define LOWEST(v) (0x100U | (v))
#define SMI 0x200U
#define READ 0x300U
#define NMI 0x400U
#define INIT (0x500U | ASSERT)
#define SIPI(v) (0x600U | (v))
#define EXTINT 0x700U
#define SELF 0x40000U
#define ALL 0x80000U
#define OTHERS 0xc0000U

static const struct apic_cpu flat_cpus[] = {
	{ 1, 0x01, 0x02 }, { 2, 0x02, 0x04 }, { 3, 0x03, 0x08 }, { 5, 0x05, 0x20 },
};
static const struct apic_cpu cluster_cpus[] = {
	{ 1, 0x01, 0x12 }, { 2, 0x02, 0x14 }, { 3, 0x03, 0x21 }, { 5, 0x05, 0x24 },
};
/* APIC ids beyond 8 bits, two clusters */
static const struct apic_cpu x2apic_cpus[] = {
	{ 1, 0x101, 0x100002 }, { 2, 0x10f, 0x108000 }, { 3, 0x110, 0x110001 }, { 5, 0x113, 0x110008 },
};

static const struct apic_cell flat = { flat_cpus, 4, false, APIC_FLAT };
static const struct apic_cell cluster = { cluster_cpus, 4, false, APIC_CLUSTER };
static const struct apic_cell x2apic = { x2apic_cpus, 4, false, APIC_X2APIC };
static const struct apic_cell root = { x2apic_cpus, 4, true, APIC_X2APIC };
static const struct apic_cell single = { flat_cpus, 1, false, APIC_FLAT };

/* Targets as a bitmap over indices. */
static u32 targets(const struct icr_decision *decision, const struct apic_cell *cell)
{
	u32 set = 0, i;

	for (i = icr_next(decision, cell, 0); i != ICR_NO_TARGET; i = icr_next(decision, cell, i + 1))
		set |= 1U << i;
	return set;
}

static void expect_set(const struct apic_cell *cell, u32 sender, u32 low, u32 destination,
		       enum icr_kind kind, u32 set)
{
	struct icr_decision decision =
		icr_decide(cell, sender, (struct icr_write){ low, destination });

	assert_int_equal(decision.kind, kind);
	assert_int_equal(decision.status, OK);
	assert_int_equal(targets(&decision, cell), set);
}

static void expect_no(const struct apic_cell *cell, u32 low, u32 destination, enum icr_kind kind,
		      enum status status)
{
	struct icr_decision decision = icr_decide(cell, 0, (struct icr_write){ low, destination });

	assert_int_equal(decision.kind, kind);
	assert_int_equal(decision.status, status);
}

static void physical(void **state)
{
	expect_set(&flat, 0, FIXED(0xfd), 0x05, ICR_IPI, 8);
	expect_set(&flat, 0, FIXED(0xfd), 0x01, ICR_IPI, 1);
	expect_set(&flat, 1, FIXED(0xfd), 0xff, ICR_IPI, 15);
	expect_set(&x2apic, 0, FIXED(0xfd), 0x110, ICR_IPI, 4);
	expect_set(&x2apic, 0, FIXED(0xfd), 0xffffffff, ICR_IPI, 15);
	expect_no(&flat, FIXED(0xfd), 0x00, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	expect_no(&flat, FIXED(0xfd), 0x04, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	/* 0xff is an id like any other in x2APIC mode, and the lower byte of an id is not the id */
	expect_no(&x2apic, FIXED(0xfd), 0xff, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	expect_no(&x2apic, FIXED(0xfd), 0x10, ICR_DROPPED, STATUS_ICR_OUTSIDE);
}

static void logical_flat(void **state)
{
	expect_set(&flat, 0, FIXED(0xfd) | LOGICAL, 0x20, ICR_IPI, 8);
	expect_set(&flat, 0, FIXED(0xfd) | LOGICAL, 0x0a, ICR_IPI, 5);
	/* bits of foreign CPUs have no effect */
	expect_set(&flat, 0, FIXED(0xfd) | LOGICAL, 0xff, ICR_IPI, 15);
	expect_set(&flat, 0, FIXED(0xfd) | LOGICAL, 0x13, ICR_IPI, 1);
	expect_no(&flat, FIXED(0xfd) | LOGICAL, 0x11, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	expect_no(&flat, FIXED(0xfd) | LOGICAL, 0, ICR_DROPPED, STATUS_ICR_OUTSIDE);
}

static void logical_cluster(void **state)
{
	expect_set(&cluster, 0, FIXED(0xfd) | LOGICAL, 0x16, ICR_IPI, 3);
	expect_set(&cluster, 0, FIXED(0xfd) | LOGICAL, 0x21, ICR_IPI, 4);
	expect_set(&cluster, 0, FIXED(0xfd) | LOGICAL, 0xf4, ICR_IPI, 2 | 8);
	expect_no(&cluster, FIXED(0xfd) | LOGICAL, 0x11, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	expect_no(&cluster, FIXED(0xfd) | LOGICAL, 0x3f, ICR_DROPPED, STATUS_ICR_OUTSIDE);
}

static void logical_x2apic(void **state)
{
	for (u32 i = 0; i < 4; i++)
		assert_int_equal(apic_x2apic_logical(x2apic_cpus[i].apic_id), x2apic_cpus[i].logical);
	expect_set(&x2apic, 0, FIXED(0xfd) | LOGICAL, 0x10ffff, ICR_IPI, 3);
	expect_set(&x2apic, 0, FIXED(0xfd) | LOGICAL, 0x110009, ICR_IPI, 12);
	expect_set(&x2apic, 0, FIXED(0xfd) | LOGICAL, 0xffffffff, ICR_IPI, 15);
	expect_no(&x2apic, FIXED(0xfd) | LOGICAL, 0x12ffff, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	expect_no(&x2apic, FIXED(0xfd) | LOGICAL, 0x000002, ICR_DROPPED, STATUS_ICR_OUTSIDE);
}

static void shorthands(void **state)
{
	/* the destination field means nothing then */
	expect_set(&flat, 2, FIXED(0xfd) | SELF, 0, ICR_IPI, 4);
	expect_set(&flat, 2, FIXED(0xfd) | ALL, 0, ICR_IPI, 15);
	expect_set(&flat, 2, FIXED(0xfd) | OTHERS, 0, ICR_IPI, 11);
	expect_set(&single, 0, FIXED(0xfd) | OTHERS, 0, ICR_NOTHING, 0);
	expect_no(&flat, LOWEST(0xfd) | SELF, 0, ICR_VIOLATION, STATUS_ICR_SHORTHAND);
	expect_no(&flat, LOWEST(0xfd) | ALL, 0, ICR_VIOLATION, STATUS_ICR_SHORTHAND);
	expect_no(&root, NMI | SELF, 0, ICR_VIOLATION, STATUS_ICR_SHORTHAND);
	expect_no(&flat, INIT | ALL, 0, ICR_VIOLATION, STATUS_ICR_SHORTHAND);
	expect_no(&flat, SIPI(8) | ALL, 0, ICR_VIOLATION, STATUS_ICR_SHORTHAND);
}

static void self_ipi_register(void **state)
{
	struct icr_decision decision = icr_decide_self(&x2apic, 3, 0xf6);

	assert_int_equal(decision.kind, ICR_IPI);
	assert_int_equal(decision.vector, 0xf6);
	assert_int_equal(targets(&decision, &x2apic), 8);
	decision = icr_decide_self(&x2apic, 3, 0x100);
	assert_int_equal(decision.kind, ICR_VIOLATION);
	assert_int_equal(decision.status, STATUS_ICR_RESERVED);
}

static void lowest_priority_picks_one(void **state)
{
	expect_set(&flat, 0, LOWEST(0xfd) | LOGICAL, 0x2c, ICR_IPI, 2);
	expect_set(&flat, 0, LOWEST(0xfd) | OTHERS, 0, ICR_IPI, 2);
	expect_set(&flat, 1, LOWEST(0xfd) | OTHERS, 0, ICR_IPI, 1);
}

/* What is sent on has no shorthand, no logical mode and no other delivery than fixed. */
static void forwards_plain_words(void **state)
{
	const u32 words[] = { FIXED(0x31) | ALL, LOWEST(0x31) | LOGICAL | LEVEL | ASSERT };

	for (u32 i = 0; i < 2; i++) {
		struct icr_decision decision =
			icr_decide(&flat, 0, (struct icr_write){ words[i], 0xff });

		assert_int_equal(decision.kind, ICR_IPI);
		assert_int_equal(decision.low, 0x31 | ASSERT);
		assert_int_equal(decision.vector, 0x31);
	}
}

static void nmi(void **state)
{
	expect_set(&root, 1, NMI | OTHERS, 0, ICR_NMI, 13);
	expect_set(&root, 1, NMI | LOGICAL | ASSERT, 0x11000f, ICR_NMI, 12);
	expect_no(&x2apic, NMI | OTHERS, 0, ICR_DROPPED, STATUS_ICR_NMI);
	expect_no(&x2apic, NMI, 0x110, ICR_DROPPED, STATUS_ICR_NMI);
	expect_no(&root, NMI, 0x112, ICR_DROPPED, STATUS_ICR_OUTSIDE);
}

/* The order in which Linux starts a CPU. */
static void init_sipi_sipi(void **state)
{
	struct icr_decision decision;

	expect_set(&root, 0, INIT | LEVEL, 0x110, ICR_INIT, 4);
	expect_set(&root, 0, 0x500 | LEVEL, 0x110, ICR_NOTHING, 4);
	expect_set(&root, 0, SIPI(0x99), 0x110, ICR_SIPI, 4);
	decision = icr_decide(&root, 0, (struct icr_write){ SIPI(0x99), 0x110 });
	assert_int_equal(decision.vector, 0x99);
	/* edge-triggered INIT, and all but self */
	expect_set(&flat, 0, 0x500, 0x03, ICR_INIT, 4);
	expect_set(&flat, 0, INIT | OTHERS, 0, ICR_INIT, 14);
	expect_set(&flat, 0, SIPI(0) | OTHERS, 0, ICR_SIPI, 14);
	expect_no(&flat, INIT, 0x04, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	expect_no(&flat, SIPI(0), 0x00, ICR_DROPPED, STATUS_ICR_OUTSIDE);
	/* not to oneself, in whatever disguise */
	expect_no(&flat, INIT, 0x01, ICR_VIOLATION, STATUS_ICR_SELF);
	expect_no(&flat, INIT, 0xff, ICR_VIOLATION, STATUS_ICR_SELF);
	expect_no(&flat, SIPI(0) | LOGICAL, 0x06, ICR_VIOLATION, STATUS_ICR_SELF);
}

static void refused_words(void **state)
{
	const u32 reserved[] = { 13, 16, 17, 20, 31 };

	expect_no(&root, SMI, 0x110, ICR_VIOLATION, STATUS_ICR_DELIVERY);
	expect_no(&root, READ, 0x110, ICR_VIOLATION, STATUS_ICR_DELIVERY);
	expect_no(&root, EXTINT, 0x110, ICR_VIOLATION, STATUS_ICR_DELIVERY);
	for (u32 i = 0; i < 5; i++)
		expect_no(&root, FIXED(0x31) | 1U << reserved[i], 0x110, ICR_VIOLATION,
			  STATUS_ICR_RESERVED);
	/* delivery status is read-only, not reserved */
	expect_set(&root, 0, FIXED(0x31) | 0x1000, 0x110, ICR_IPI, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(physical),
		cmocka_unit_test(logical_flat),
		cmocka_unit_test(logical_cluster),
		cmocka_unit_test(logical_x2apic),
		cmocka_unit_test(shorthands),
		cmocka_unit_test(self_ipi_register),
		cmocka_unit_test(lowest_priority_picks_one),
		cmocka_unit_test(forwards_plain_words),
		cmocka_unit_test(nmi),
		cmocka_unit_test(init_sipi_sipi),
		cmocka_unit_test(refused_words),
	};

	return cmocka_run_group_tests_name("run/icr", tests, NULL, NULL);
}
