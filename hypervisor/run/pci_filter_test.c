// SPDX-License-Identifier: GPL-2.0
/* The filter in front of config space: header, capabilities, and what is refused, byte by byte. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <run/pci_filter_kit.h>

static void bars_can_be_sized_but_not_moved(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);

	assert_int_equal(get(&m, 0x10, 4), 0xfe00000c);
	assert_int_equal(put(&m, 0x10, 4, 0xffffffff), OK);
	assert_int_equal(get(&m, 0x10, 4), 0xffffc00c);
	assert_int_equal(put(&m, 0x14, 4, 0xffffffff), OK);
	assert_int_equal(get(&m, 0x14, 4), 0xffffffff);
	assert_int_equal(put(&m, 0x18, 4, 0xffffffff), OK);
	assert_int_equal(get(&m, 0x18, 4), 0xffffffe1);
	assert_int_equal(put(&m, 0x1c, 4, 0xffffffff), OK);
	assert_int_equal(get(&m, 0x1c, 4), *(u32 *)&m.hardware[0x1c]);
	/* Any other value sticks in the shadow, byte by byte, and goes nowhere else. */
	assert_int_equal(put(&m, 0x10, 4, 0x12345678), OK);
	assert_int_equal(get(&m, 0x10, 4), 0x1234400c);
	assert_int_equal(put(&m, 0x13, 1, 0xab), OK);
	assert_int_equal(get(&m, 0x10, 4), 0xab34400c);
	assert_int_equal(get(&m, 0x12, 2), 0xab34);
	assert_int_equal(count_written(&m), 0);
}

/* The header of a device, every byte: 'f'orwarded, 's'hadowed, 'i'gnored, '.': refused. */
static const char device_header[] = "....ffff" "....ffff" "ssssssss" "ssssssss" "ssssssss"
				    "........" "iiii...." "....f...";
static const char bridge_header[] = "....ffff" "....ffff" "ssssssss" "....ii.." "iiiiiiii"
				    "iiiiiiii" "iiii...." "iiiif.ff";

static void check_header(u8 type, const char *expected)
{
	unsigned reg;

	assert_int_equal(strlen(expected), 64);
	for (reg = 0; reg < 64; reg++) {
		struct machine m = machine_with(type);

		machine_start(&m);
		assert_int_equal(put(&m, (u16)reg, 1, 0xff),
				 expected[reg] == '.' ? STATUS_PCI_HEADER : OK);
		assert_int_equal(count_written(&m), expected[reg] == 'f');
		assert_int_equal(m.written[reg], expected[reg] == 'f');
	}
}

static void header_of_a_device(void **state)
{
	(void)state;
	check_header(JAILHOUSE_PCI_TYPE_DEVICE, device_header);
}

static void header_of_a_bridge(void **state)
{
	(void)state;
	check_header(JAILHOUSE_PCI_TYPE_BRIDGE, bridge_header);
}

/* A caller who goes on after a refusal still gets the permitted bytes, and nothing beside them. */
static void the_permitted_rest_of_a_refused_write(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);
	MACHINE(b, JAILHOUSE_PCI_TYPE_BRIDGE);

	assert_int_equal(put(&m, 0x3c, 4, 0x11223344), STATUS_PCI_HEADER);
	assert_int_equal(m.hardware[0x3c], 0x44);
	assert_int_equal(count_written(&m), 1);
	assert_int_equal(put(&b, 0x3c, 4, 0x11223344), STATUS_PCI_HEADER);
	assert_int_equal(b.hardware[0x3c], 0x44);
	assert_int_equal(*(u16 *)&b.hardware[0x3e], 0x1122);
	assert_int_equal(count_written(&b), 3);
}

static void reads(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);
	MACHINE(b, JAILHOUSE_PCI_TYPE_BRIDGE);
	struct pci_function nobody = { NULL, NULL, NULL, NULL };
	struct jailhouse_pci_device shm = { .type = JAILHOUSE_PCI_TYPE_IVSHMEM };
	struct pci_function model = { &shm, caps, &m.shadow, NULL };

	assert_int_equal(get(&m, 0x30, 4), 0);
	assert_int_equal(get(&m, 0x33, 1), 0);
	assert_int_equal(get(&b, 0x30, 4), *(u32 *)&b.hardware[0x30]);
	assert_int_equal(get(&b, 0x18, 4), *(u32 *)&b.hardware[0x18]);
	assert_int_equal(get(&m, 0x02, 2), *(u16 *)&m.hardware[0x02]);
	assert_int_equal(get(&m, 0x0f, 1), m.hardware[0x0f]);
	assert_int_equal(get(&m, 0xffc, 4), *(u32 *)&m.hardware[0xffc]);
	/* The registers on both sides of the BARs, and between them and the ROM. */
	assert_true(pci_filter_read(&m.function, 0x0c, 4).mask);
	assert_false(pci_filter_read(&m.function, 0x24, 4).mask);
	assert_true(pci_filter_read(&m.function, 0x28, 4).mask);
	assert_true(pci_filter_read(&m.function, 0x34, 1).mask);
	/* Nothing there, or a virtual device: the hardware stays alone. */
	assert_int_equal(pci_filter_read(&nobody, 0, 2).value, 0xffff);
	assert_false(pci_filter_read(&nobody, 0, 2).mask);
	assert_int_equal(pci_filter_read(&model, 0, 4).value, 0xffffffff);
	assert_false(pci_filter_read(&model, 0, 4).mask);
}

/* The write that starts in front of a BAR and ends in it. */
static void no_write_crosses_a_dword(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);
	unsigned reg;

	for (reg = 0; reg < 64; reg++) {
		if (reg % 4)
			assert_int_equal(put(&m, (u16)reg, 4, 0), STATUS_PCI_CROSSES);
		if (reg % 4 == 3)
			assert_int_equal(put(&m, (u16)reg, 2, 0), STATUS_PCI_CROSSES);
		assert_int_equal(put(&m, (u16)reg, 8, 0), STATUS_PCI_CROSSES);
		assert_int_equal(put(&m, (u16)reg, 0, 0), STATUS_PCI_CROSSES);
	}
	assert_int_equal(put(&m, 0x1000, 4, 0), STATUS_PCI_CROSSES);
	assert_int_equal(count_written(&m), 0);
}

static void nobody_writes_to_foreign_functions(void **state)
{
	struct pci_function nobody = { NULL, NULL, NULL, NULL };
	struct pci_writes writes;

	(void)state;
	assert_int_equal(pci_filter_write(&nobody, 4, 2, 0, &writes), STATUS_PCI_UNASSIGNED);
	assert_int_equal(writes.count, 0);
}

static void capabilities_to_the_byte(void **state)
{
	MACHINE(m, JAILHOUSE_PCI_TYPE_DEVICE);

	assert_int_equal(put(&m, 0x44, 2, 3), OK);
	assert_int_equal(*(u16 *)&m.hardware[0x44], 3);
	assert_int_equal(put(&m, 0x48, 1, 0), STATUS_PCI_UNLISTED);
	assert_int_equal(put(&m, 0x68, 2, 0), STATUS_PCI_CAP_READ_ONLY);
	assert_int_equal(put(&m, 0x73, 1, 0), STATUS_PCI_CAP_READ_ONLY);
	assert_int_equal(put(&m, 0x74, 1, 0), STATUS_PCI_UNLISTED);
	assert_int_equal(put(&m, 0x134, 4, 0), OK);
	assert_int_equal(put(&m, 0x138, 4, 0), STATUS_PCI_UNLISTED);
	assert_int_equal(put(&m, 0xff, 1, 0), STATUS_PCI_UNLISTED);
	/* Bytes 0x92 to 0x94, across a dword. */
	assert_int_equal(put(&m, 0x91, 1, 0), STATUS_PCI_UNLISTED);
	assert_int_equal(put(&m, 0x92, 2, 0x1234), OK);
	assert_int_equal(put(&m, 0x94, 1, 0x56), OK);
	assert_int_equal(put(&m, 0x95, 1, 0), STATUS_PCI_UNLISTED);
	assert_int_equal(put(&m, 0x94, 4, 0x11111111), STATUS_PCI_UNLISTED);
	assert_int_equal(m.hardware[0x94], 0x11);
	assert_false(m.written[0x95] || m.written[0x91]);
}

/* Every access of every width to every register against the byte-wise truth of the masks. */
static void writes_are_exactly_the_forwarded_bytes(void **state)
{
	struct machine m = machine_with(JAILHOUSE_PCI_TYPE_DEVICE);
	unsigned reg, width, n;

	(void)state;
	machine_start(&m);
	m.function.cpus = NULL;
	for (reg = 0; reg < 0x140; reg++)
		for (width = 1; width <= 4 && reg % 4 + width <= 4; width *= 2) {
			struct pci_masks masks = pci_masks_of(&m.device, caps, reg & 0xffc);

			memset(m.written, 0, sizeof(m.written));
			(void)!put(&m, (u16)reg, width, 0xa5a5a5a5);
			for (n = 0; n < sizeof(m.written); n++) {
				bool inside = n >= reg && n < reg + width;
				bool forward = masks.forward >> n % 4 * 8 & 0xff;

				assert_int_equal(m.written[n], inside && forward);
			}
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bars_can_be_sized_but_not_moved),
		cmocka_unit_test(header_of_a_device),
		cmocka_unit_test(header_of_a_bridge),
		cmocka_unit_test(the_permitted_rest_of_a_refused_write),
		cmocka_unit_test(reads),
		cmocka_unit_test(no_write_crosses_a_dword),
		cmocka_unit_test(nobody_writes_to_foreign_functions),
		cmocka_unit_test(capabilities_to_the_byte),
		cmocka_unit_test(writes_are_exactly_the_forwarded_bytes),
	};

	return cmocka_run_group_tests_name("run/pci_filter", tests, NULL, NULL);
}
