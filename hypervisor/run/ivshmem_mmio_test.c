// SPDX-License-Identifier: GPL-2.0
/* Registers and vector table of an end: doorbells, states, and everything that holds interrupts back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/ivshmem_kit.h>

static void registers_read_back(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 4, &why), 1);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_MAX_PEERS_REG, 4, &why), 3);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, &why), 1);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 0x12345678), OK);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, &why), 0x12345678);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_DOORBELL_REG, 4, &why), 0);
	assert_int_equal(get(&w, 1, BAR0 + 0x14, 4, &why), 0);
	/* Other widths and alignments read 0 and change nothing. */
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 1, &why), 0);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 8, &why), 0);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG + 2, 4, &why), 0);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 2, 1), OK);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_ID_REG, 4, 2), OK);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, &why), 0x12345678);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 4, &why), 1);
}

static void a_doorbell_reaches_its_target(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 1), OK);
	assert_int_equal(w.messages[1], 1);
	assert_int_equal(w.sums[1], 0x41);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 2);
	assert_int_equal(w.messages[0], 0);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 2 << 16), OK);
	assert_int_equal(w.lines[2], 1);
}

static void doorbells_that_reach_nobody(void **state)
{
	struct world w = three_drivers();

	(void)state;
	/* Vector beyond the sender's, beyond the target's, target beyond the link and the limit. */
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 2), OK);
	assert_int_equal(put(&w, 2, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 2 << 16 | 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 3 << 16), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 0xffffffff), OK);
	assert_int_equal(w.messages[0] + w.messages[1] + w.lines[2], 0);
}

static void state_changes_are_published(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 3), OK);
	assert_int_equal(w.states[1], 3);
	assert_int_equal(w.messages[0], 1);
	assert_int_equal(w.sums[0], 0x40);
	assert_int_equal(w.messages[1], 0);
	assert_int_equal(w.lines[2], 1);
	/* The same value again is stored, but nobody is told. */
	w.states[1] = 0;
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 3), OK);
	assert_int_equal(w.states[1], 3);
	assert_int_equal(w.messages[0], 1);
}

static void every_gate_stops_messages(void **state)
{
	static const struct { u64 address; u32 off, on; } gates[] = {
		{ BAR0 + IVSHMEM_INT_CONTROL_REG, 0, 1 },
		{ BAR1 + 12, 1, 0 },
	};
	static const struct { u16 reg; u32 off, on; } config_gates[] = {
		{ 0x04, 0x0002, 0x0006 },
		{ 0x62, 0, MSIX_CAP_ENABLE },
		{ 0x62, MSIX_CAP_ENABLE | MSIX_CAP_MASK_ALL, MSIX_CAP_ENABLE },
	};
	static const bool latched[] = { false, true, false, false, true };
	unsigned gate;

	(void)state;
	for (gate = 0; gate < 5; gate++) {
		struct world w = three_drivers();

		if (gate < 2)
			assert_int_equal(put(&w, 1, gates[gate].address, 4, gates[gate].off), OK);
		else
			assert_int_equal(config_put(&w, 1, config_gates[gate - 2].reg, 2,
						    config_gates[gate - 2].off), OK);
		assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
		assert_int_equal(w.messages[1], 0);
		if (gate < 2)
			assert_int_equal(put(&w, 1, gates[gate].address, 4, gates[gate].on), OK);
		else
			assert_int_equal(config_put(&w, 1, config_gates[gate - 2].reg, 2,
						    config_gates[gate - 2].on), OK);
		/* Masks hold the interrupt back, switches lose it. */
		assert_int_equal(w.messages[1], latched[gate]);
		assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
		assert_int_equal(w.messages[1], 1 + latched[gate]);
	}
}

static void a_line_obeys_intx_disable(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(config_put(&w, 2, 0x04, 2, 0x0402), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 2 << 16), OK);
	assert_int_equal(w.lines[2], 0);
}

static void pending_bits_show_and_clear(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(get(&w, 1, BAR1 + 0x100, 4, &why), 0);
	assert_int_equal(put(&w, 1, BAR1 + 16 + 12, 4, 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 1), OK);
	assert_int_equal(get(&w, 1, BAR1 + 0x100, 4, &why), 2);
	assert_int_equal(get(&w, 1, BAR1 + 0x104, 4, &why), 0);
	/* After a write that disables interrupts none arrives any more. */
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, 0), OK);
	assert_int_equal(put(&w, 1, BAR1 + 16 + 12, 4, 0), OK);
	assert_int_equal(w.messages[1], 0);
}

static void one_shot_needs_rearming(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(config_put(&w, 1, 0x43, 1, 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, &why), 0);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 1);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 2);
}

static void table_accesses(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(get(&w, 0, BAR1 + 16 + 8, 4, &why), 0x41);
	assert_int_equal(why, OK);
	assert_int_equal(put(&w, 0, BAR1 + 12, 4, 0xfffffffe), OK);
	assert_int_equal(get(&w, 0, BAR1 + 12, 4, &why), 0);
	get(&w, 0, BAR1 + 2 * 16, 4, &why);
	assert_int_equal(why, STATUS_IVSHMEM_TABLE);
	get(&w, 0, BAR1 + 2, 4, &why);
	assert_int_equal(why, STATUS_IVSHMEM_TABLE);
	get(&w, 0, BAR1, 8, &why);
	assert_int_equal(why, STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1 + 2 * 16, 4, 0), STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1 + 0x100, 4, 0), STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1, 2, 0), STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1 + 1, 4, 0), STATUS_IVSHMEM_TABLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(registers_read_back),
		cmocka_unit_test(a_doorbell_reaches_its_target),
		cmocka_unit_test(doorbells_that_reach_nobody),
		cmocka_unit_test(state_changes_are_published),
		cmocka_unit_test(every_gate_stops_messages),
		cmocka_unit_test(a_line_obeys_intx_disable),
		cmocka_unit_test(pending_bits_show_and_clear),
		cmocka_unit_test(one_shot_needs_rearming),
		cmocka_unit_test(table_accesses),
	};

	return cmocka_run_group_tests_name("run/ivshmem_mmio", tests, NULL, NULL);
}
