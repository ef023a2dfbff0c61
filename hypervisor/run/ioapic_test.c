// SPDX-License-Identifier: GPL-2.0
/* A cell with CPUs 1 and 3 and pins 4 and 17 of an IOAPIC, and a root cell that has the same. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <run/ioapic.h>

#define LOGICAL 0x800U
#define LOWEST 0x100U
#define SMI 0x200U
#define NMI 0x400U
#define INIT 0x500U
#define EXTINT 0x700U
#define LEVEL 0x8000U

static const struct apic_cpu cpus[] = { { 1, 1, 0x02 }, { 3, 3, 0x08 } };
static const struct apic_cpu cluster_cpus[] = { { 1, 1, 0x12 }, { 3, 3, 0x21 } };
static const struct apic_cpu x2apic_cpus[] = { { 1, 1, 0x02 }, { 3, 3, 0x08 } };
static const struct apic_cell cell = { cpus, 2, false, APIC_FLAT };
static const struct apic_cell root = { cpus, 2, true, APIC_FLAT };
static const struct apic_cell cluster = { cluster_cpus, 2, false, APIC_CLUSTER };
static const struct apic_cell x2apic = { x2apic_cpus, 2, false, APIC_X2APIC };

static struct ioapic_view view;

static int setup(void **state)
{
	const u32 pins[4] = { 1U << 4 | 1U << 17 };
	u32 changed[4];

	memset(&view, 0, sizeof(view));
	ioapic_grant(&view, pins, changed);
	assert_memory_equal(changed, pins, sizeof(pins));
	return 0;
}

static void select_index(u32 index)
{
	assert_int_equal(ioapic_write(&view, &cell, IOAPIC_SELECT_REG, 4, index).act, IOAPIC_IGNORE);
}

static struct ioapic_decision read_index(u32 index)
{
	select_index(index);
	return ioapic_read(&view, IOAPIC_DATA_REG, 4);
}

static struct ioapic_decision write_as(const struct apic_cell *who, u32 index, u32 value)
{
	select_index(index);
	return ioapic_write(&view, who, IOAPIC_DATA_REG, 4, value);
}

/* Destination, then the low half, which must be accepted or refused with this status. */
static void expect_entry(const struct apic_cell *who, u32 destination, u32 low, enum status want)
{
	struct ioapic_decision decision;

	setup(NULL);
	assert_int_equal(write_as(who, IOAPIC_ENTRY(4) + 1, destination << 24).act, IOAPIC_WRITE);
	decision = write_as(who, IOAPIC_ENTRY(4), low);
	assert_int_equal(decision.status, want);
	assert_int_equal(decision.act, want == OK ? IOAPIC_WRITE : IOAPIC_VIOLATION);
}

static void index_is_the_cells_own(void **state)
{
	select_index(0x1ab);
	assert_int_equal(ioapic_read(&view, IOAPIC_SELECT_REG, 4).act, IOAPIC_VALUE);
	assert_int_equal(ioapic_read(&view, IOAPIC_SELECT_REG, 4).value, 0xab);
}

static void identification(void **state)
{
	for (u32 index = 0; index < 3; index++) {
		struct ioapic_decision decision = read_index(index);

		assert_int_equal(decision.act, IOAPIC_READ);
		assert_int_equal(decision.index, index);
		assert_int_equal(write_as(&root, index, 0).status, STATUS_IOAPIC_READ_ONLY);
	}
	assert_int_equal(read_index(3).act, IOAPIC_VALUE);
	assert_int_equal(write_as(&root, 0xf, 0).status, STATUS_IOAPIC_READ_ONLY);
}

static void foreign_pins_look_masked(void **state)
{
	for (u32 index = 0x10; index < 0x100; index++) {
		u32 pin = (index - 0x10) / 2;
		struct ioapic_decision decision = read_index(index);

		if (pin == 4 || pin == 17) {
			assert_int_equal(decision.act, IOAPIC_READ);
			assert_int_equal(decision.index, index);
			continue;
		}
		assert_int_equal(decision.act, IOAPIC_VALUE);
		assert_int_equal(decision.value, index & 1 ? 0 : IOAPIC_MASKED);
		/* even a forbidden entry is not looked at */
		assert_int_equal(write_as(&cell, index, SMI).act, IOAPIC_IGNORE);
	}
}

static void programs_a_pin(void **state)
{
	struct ioapic_decision decision = write_as(&cell, IOAPIC_ENTRY(17) + 1, 0x03ffffff);

	assert_int_equal(decision.act, IOAPIC_WRITE);
	assert_int_equal(decision.index, 0x33);
	assert_int_equal(decision.value, 0x03000000);
	decision = write_as(&cell, IOAPIC_ENTRY(17), 0xfffe5031 | LEVEL);
	assert_int_equal(decision.act, IOAPIC_WRITE);
	assert_int_equal(decision.index, 0x32);
	assert_int_equal(decision.value, 0x8031);	/* status and reserved bits are gone */
}

static void physical_destinations(void **state)
{
	expect_entry(&cell, 1, 0x31, OK);
	expect_entry(&cell, 3, 0x31 | LEVEL, OK);
	expect_entry(&cell, 0, 0x31, STATUS_IOAPIC_DESTINATION);
	expect_entry(&cell, 2, 0x31, STATUS_IOAPIC_DESTINATION);
	expect_entry(&cell, 0xff, 0x31, STATUS_IOAPIC_DESTINATION);
	expect_entry(&root, 0xff, 0x31, STATUS_IOAPIC_DESTINATION);
}

static void logical_destinations(void **state)
{
	expect_entry(&cell, 0x02, 0x31 | LOGICAL, OK);
	expect_entry(&cell, 0x0a, 0x31 | LOGICAL | LOWEST, OK);
	expect_entry(&cell, 0x0b, 0x31 | LOGICAL, STATUS_IOAPIC_DESTINATION);
	expect_entry(&cell, 0x00, 0x31 | LOGICAL, STATUS_IOAPIC_DESTINATION);
	expect_entry(&cell, 0xff, 0x31 | LOGICAL, STATUS_IOAPIC_DESTINATION);
	expect_entry(&cluster, 0x12, 0x31 | LOGICAL, OK);
	expect_entry(&cluster, 0x13, 0x31 | LOGICAL, STATUS_IOAPIC_DESTINATION);
	expect_entry(&cluster, 0xf2, 0x31 | LOGICAL, STATUS_IOAPIC_DESTINATION);
	expect_entry(&cluster, 0x32, 0x31 | LOGICAL, STATUS_IOAPIC_DESTINATION);
	expect_entry(&x2apic, 0x0a, 0x31 | LOGICAL, OK);
	expect_entry(&x2apic, 0x0e, 0x31 | LOGICAL, STATUS_IOAPIC_DESTINATION);
}

static void delivery_modes(void **state)
{
	expect_entry(&cell, 1, 0x31 | LOWEST, OK);
	expect_entry(&cell, 1, NMI, STATUS_IOAPIC_DELIVERY);
	expect_entry(&cell, 1, EXTINT, STATUS_IOAPIC_DELIVERY);
	expect_entry(&root, 1, NMI, OK);
	expect_entry(&root, 1, EXTINT, OK);
	expect_entry(&root, 0, EXTINT, STATUS_IOAPIC_DESTINATION);
	expect_entry(&root, 1, SMI, STATUS_IOAPIC_DELIVERY);
	expect_entry(&root, 1, INIT, STATUS_IOAPIC_DELIVERY);
	expect_entry(&root, 1, 0x300, STATUS_IOAPIC_DELIVERY);
	expect_entry(&root, 1, 0x600, STATUS_IOAPIC_DELIVERY);
}

/* Masked entries may hold anything; then neither half can be unmasked or moved out of the cell. */
static void checks_when_it_counts(void **state)
{
	expect_entry(&cell, 0, SMI | IOAPIC_MASKED, OK);
	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(4), SMI).status, STATUS_IOAPIC_DELIVERY);
	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(4), 0x31).status, STATUS_IOAPIC_DESTINATION);
	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(4) + 1, 1U << 24).act, IOAPIC_WRITE);
	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(4), 0x31).act, IOAPIC_WRITE);
	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(4) + 1, 2U << 24).status,
			 STATUS_IOAPIC_DESTINATION);
	/* the refused destination was not remembered */
	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(4), 0x32).act, IOAPIC_WRITE);
}

static void adopts_only_owned_pins(void **state)
{
	u32 mask[4];

	ioapic_adopt(&view, 4, 0x0200000000000031);
	ioapic_adopt(&view, 5, 0x0200000000000031);
	ioapic_adopt(&view, 200, 0x0200000000000031);
	ioapic_strays(&view, &cell, mask);
	assert_int_equal(mask[0], 1U << 4);
	assert_int_equal(mask[1] | mask[2] | mask[3], 0);
	/* they are masked now */
	ioapic_strays(&view, &cell, mask);
	assert_int_equal(mask[0], 0);
	ioapic_adopt(&view, 4, 0x0300000000000031);
	ioapic_strays(&view, &cell, mask);
	assert_int_equal(mask[0], 0);
}

static void end_of_interrupt(void **state)
{
	struct ioapic_decision decision;

	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(4), 0x31 | IOAPIC_MASKED).act, IOAPIC_WRITE);
	decision = ioapic_write(&view, &cell, IOAPIC_EOI_REG, 4, 0xffffff31);
	assert_int_equal(decision.act, IOAPIC_EOI);
	assert_int_equal(decision.value, 0x31);
	assert_int_equal(ioapic_write(&view, &cell, IOAPIC_EOI_REG, 4, 0x32).act, IOAPIC_IGNORE);
	assert_int_equal(ioapic_read(&view, IOAPIC_EOI_REG, 4).value, 0);
}

static void widths_and_registers(void **state)
{
	const unsigned widths[] = { 1, 2, 8 };

	for (int i = 0; i < 3; i++) {
		assert_int_equal(ioapic_read(&view, 0, widths[i]).status, STATUS_IOAPIC_WIDTH);
		assert_int_equal(ioapic_write(&view, &cell, 0, widths[i], 0).status,
				 STATUS_IOAPIC_WIDTH);
	}
	for (u32 offset = 0; offset < 0x1000; offset++) {
		bool known = offset == 0 || offset == 0x10 || offset == 0x40;

		assert_int_equal(ioapic_read(&view, offset, 4).act == IOAPIC_VIOLATION, !known);
		assert_int_equal(ioapic_write(&view, &cell, offset, 4, 0).status ==
				 STATUS_IOAPIC_REGISTER, !known);
		select_index(IOAPIC_ENTRY(0));	/* a foreign pin, so that data is ignored */
	}
}

static void pins_change_hands(void **state)
{
	const u32 pins[4] = { 1U << 17 | 1U << 31, 0, 0, 3U << 23 };
	u32 changed[4];

	expect_entry(&cell, 1, 0x31, OK);
	assert_int_equal(write_as(&cell, IOAPIC_ENTRY(17), 0x41 | IOAPIC_MASKED).act, IOAPIC_WRITE);
	ioapic_grant(&view, pins, changed);
	assert_int_equal(changed[0], 1U << 4 | 1U << 31);
	/* pin 119 exists, pin 120 has no register */
	assert_int_equal(changed[3], 1U << 23);
	assert_int_equal(view.pins[3], 1U << 23);
	assert_int_equal(view.entries[4], IOAPIC_MASKED);
	assert_int_equal(view.entries[17], 0x41 | IOAPIC_MASKED);
	assert_int_equal(read_index(IOAPIC_ENTRY(4)).act, IOAPIC_VALUE);
	assert_int_equal(read_index(IOAPIC_ENTRY(31)).act, IOAPIC_READ);
}

/* A cell that lists three chips, in a list with that many free slots. */
static enum status room_for_three(unsigned free, struct refusal *refusal)
{
	struct jailhouse_cell_desc desc = { .num_irqchips = 3 };
	struct cell_view wants = { .desc = &desc };
	struct ioapic_slot slots[IOAPIC_VIEWS] = { 0 };

	for (unsigned i = 0; i < IOAPIC_VIEWS - free; i++)
		slots[(i * 7 + 3) % IOAPIC_VIEWS].used = true;	/* not in a row */
	return ioapic_room(slots, &wants, refusal);
}

static void room_for_each_chip(void **state)
{
	struct refusal refusal = { 0 };

	assert_int_equal(room_for_three(IOAPIC_VIEWS, &refusal), OK);
	assert_int_equal(room_for_three(3, &refusal), OK);
	assert_int_equal(room_for_three(2, &refusal), STATUS_IRQCHIPS_FULL);
	assert_int_equal(refusal.object, OBJECT_IRQCHIP);
	assert_int_equal(refusal.index, 2);
	assert_int_equal(refusal.a, IOAPIC_VIEWS);
	assert_int_equal(room_for_three(0, &refusal), STATUS_IRQCHIPS_FULL);
	assert_int_equal(refusal.index, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(index_is_the_cells_own, setup),
		cmocka_unit_test_setup(identification, setup),
		cmocka_unit_test_setup(foreign_pins_look_masked, setup),
		cmocka_unit_test_setup(programs_a_pin, setup),
		cmocka_unit_test_setup(physical_destinations, setup),
		cmocka_unit_test_setup(logical_destinations, setup),
		cmocka_unit_test_setup(delivery_modes, setup),
		cmocka_unit_test_setup(checks_when_it_counts, setup),
		cmocka_unit_test_setup(adopts_only_owned_pins, setup),
		cmocka_unit_test_setup(end_of_interrupt, setup),
		cmocka_unit_test_setup(widths_and_registers, setup),
		cmocka_unit_test_setup(pins_change_hands, setup),
		cmocka_unit_test(room_for_each_chip),
	};

	return cmocka_run_group_tests_name("run/ioapic", tests, NULL, NULL);
}
