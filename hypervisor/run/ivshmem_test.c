// SPDX-License-Identifier: GPL-2.0
/* Ends come and go: what attaching checks, what reset and detaching leave, who shares a link. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/ivshmem_kit.h>

static void reset_silences_the_end_and_tells_the_peers(void **state)
{
	struct world w = three_drivers();
	struct ivshmem_place place;

	(void)state;
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 3), OK);
	ivshmem_reset(&w.ivshmem, end_of(&w, 1), &w.effect);
	perform(&w);
	assert_int_equal(w.states[1], 0);
	assert_int_equal(w.messages[0], 2);
	assert_null(ivshmem_find_window(&w.ivshmem, 1, BAR0, &place));
	assert_int_equal(config_get(&w, 1, 0x04, 2), 0);
	assert_int_equal(config_get(&w, 1, 0x10, 4), 0);
	assert_int_equal(config_get(&w, 1, 0x62, 2), 1);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 0);
}

static void detach_frees_the_id(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(attach(&w, 3, 1, 2), STATUS_IVSHMEM_ID);
	ivshmem_detach(&w.ivshmem, end_of(&w, 1), &w.effect);
	perform(&w);
	assert_null(ivshmem_find(&w.ivshmem, 1, BDF));
	assert_non_null(ivshmem_find(&w.ivshmem, 2, BDF));
	assert_int_equal(attach(&w, 3, 1, 2), OK);
	assert_ptr_equal(end_of(&w, 3), &w.ivshmem.ends[1]);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 0);
}

static enum status attach_alone(struct jailhouse_pci_device device)
{
	struct world w = { .states = { 0 } };

	return attach_device(&w, 1, device);
}

static void attach_checks_its_config(void **state)
{
	struct jailhouse_pci_device device = device_with(2, 16);

	(void)state;
	assert_int_equal(attach_alone(device), OK);
	device.num_msix_vectors = 17;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_VECTORS);
	device = device_with(3, 2);
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_ID);
	device = device_with(2, 2);
	device.shmem_regions_start = 2;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_REGIONS);
	device.shmem_regions_start = 0xffffffff;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_REGIONS);
	device = device_with(0, 2);
	device.shmem_peers = 4;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_REGIONS);
}

static void the_table_of_ends_is_bounded(void **state)
{
	struct world w = { .states = { 0 } };
	struct jailhouse_pci_device device = device_with(0, 0);
	unsigned n;

	(void)state;
	for (n = 0; n <= IVSHMEM_MAX_ENDS; n++) {
		device.bdf = (u16)(n << 3);
		assert_int_equal(attach_device(&w, 0, device),
				 n < IVSHMEM_MAX_ENDS ? OK : STATUS_IVSHMEM_FULL);
	}
	/* Given back in any order, every slot is found and free again. */
	for (n = 0; n < IVSHMEM_MAX_ENDS; n++) {
		struct ivshmem_end *end = ivshmem_find(&w.ivshmem, 0, (u16)((n * 7 + 3) % 16 << 3));

		assert_non_null(end);
		ivshmem_detach(&w.ivshmem, end, &w.effect);
	}
	for (n = 0; n < IVSHMEM_MAX_ENDS; n++)
		assert_false(w.ivshmem.ends[n].attached);
}

static void room_is_known_before_anything_changes(void **state)
{
	struct world w = three_cells();
	struct jailhouse_pci_device devices[15];
	struct jailhouse_cell_desc cell = { .name = "guest", .num_memory_regions = 6 };
	struct cell_view asked = { .desc = &cell, .memory = regions, .devices = devices };
	struct refusal refusal;
	unsigned n;

	(void)state;
	devices[0] = device_with(0, 2);
	devices[0].type = JAILHOUSE_PCI_TYPE_DEVICE;
	for (n = 1; n < 15; n++) {
		devices[n] = device_with(0, 2);
		devices[n].bdf = (u16)(0x100 + n * 8);
	}
	cell.num_pci_devices = 14;
	assert_int_equal(ivshmem_room(&w.ivshmem, &asked, &refusal), OK);
	cell.num_pci_devices = 15;
	assert_int_equal(ivshmem_room(&w.ivshmem, &asked, &refusal), STATUS_IVSHMEM_FULL);
	assert_int_equal(refusal.index, 14);
	assert_string_equal(refusal.cell, "guest");
	devices[2] = device_with(1, 2);
	assert_int_equal(ivshmem_room(&w.ivshmem, &asked, &refusal), STATUS_IVSHMEM_ID);
	assert_int_equal(refusal.index, 2);
	assert_int_equal(refusal.a, 1);
	assert_int_equal(refusal.b, 3);
}

/* Another link's end with the same id hears nothing. */
static void links_are_separate(void **state)
{
	struct world w = three_drivers();
	struct jailhouse_pci_device device = device_with(1, 2);

	(void)state;
	ivshmem_detach(&w.ivshmem, end_of(&w, 1), &w.effect);
	device.bdf = BDF + 8;
	assert_int_equal(attach_device(&w, 1, device), OK);
	w.ivshmem.ends[1].int_control = true;
	w.ivshmem.ends[1].command = COMMAND_ON;
	w.ivshmem.ends[1].msix_control = MSIX_CAP_ENABLE;
	w.ivshmem.ends[1].table[0].word[MSIX_CONTROL] = 0;
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_STATE_REG, 4, 1), OK);
	assert_int_equal(w.messages[1], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reset_silences_the_end_and_tells_the_peers),
		cmocka_unit_test(detach_frees_the_id),
		cmocka_unit_test(attach_checks_its_config),
		cmocka_unit_test(the_table_of_ends_is_bounded),
		cmocka_unit_test(room_is_known_before_anything_changes),
		cmocka_unit_test(links_are_separate),
	};

	return cmocka_run_group_tests_name("run/ivshmem", tests, NULL, NULL);
}
