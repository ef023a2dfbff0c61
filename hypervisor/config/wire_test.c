// SPDX-License-Identifier: GPL-2.0
/*
 * The macros of the wire format mean what they mean in Jailhouse, and configs of the shapes that
 * its demos have are as large as theirs. (Offsets are held by the headers themselves.)
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <jailhouse/cell-config.h>
#include <jailhouse/hypercall.h>

/* Bytes of a cell config with one CPU set word and these arrays. */
#define CELL(mem, cache, irqchip, pio, dev, cap) sizeof(struct {				\
	struct jailhouse_cell_desc cell; u64 cpus[1]; struct jailhouse_memory m[mem];		\
	struct jailhouse_cache c[cache]; struct jailhouse_irqchip i[irqchip];			\
	struct jailhouse_pio p[pio]; struct jailhouse_pci_device d[dev];			\
	struct jailhouse_pci_capability k[cap]; } __attribute__((packed)))

static void sizes_of_known_configs(void **state)
{
	(void)state;
	assert_int_equal(CELL(2, 1, 0, 3, 0, 0), 228);		/* tiny-demo, apic-demo */
	assert_int_equal(CELL(2, 0, 0, 3, 0, 0), 216);		/* smp-demo */
	assert_int_equal(CELL(2, 0, 1, 5, 0, 0), 256);		/* ioapic-demo */
	assert_int_equal(CELL(3, 0, 0, 3, 1, 1), 312);		/* pci-demo */
	assert_int_equal(CELL(3, 0, 0, 4, 1, 1), 316);		/* e1000-demo */
	assert_int_equal(CELL(7, 0, 0, 2, 1, 0), 428);		/* ivshmem-demo */
	assert_int_equal(CELL(20, 1, 1, 3, 4, 6), 1108);	/* linux-x86-demo */
	assert_int_equal(CELL(31, 0, 1, 13, 12, 16) + 356, 2372);	/* qemu-x86 */
	assert_int_equal(CELL(8, 0, 1, 0, 1, 0), 484);		/* qemu-arm64-inmate-demo */
	assert_int_equal(sizeof(struct jailhouse_system) - sizeof(struct jailhouse_cell_desc), 356);
}

static void net_regions(void **state)
{
	const u64 shared = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED;

	(void)state;
	for (unsigned id = 0; id < 2; id++) {
		const struct jailhouse_memory regions[] = {
			JAILHOUSE_SHMEM_NET_REGIONS(0x3f100000, id)};
		const struct jailhouse_memory expected[] = {
			{0x3f100000, 0x3f100000, 0x1000, shared},
			{0, 0, 0, 0},
			{0x3f101000, 0x3f101000, 0x7f000,
			 shared | (id == 0 ? JAILHOUSE_MEM_WRITE : 0)},
			{0x3f180000, 0x3f180000, 0x7f000,
			 shared | (id == 1 ? JAILHOUSE_MEM_WRITE : 0)},
		};

		assert_int_equal(ARRAY_SIZE(regions), 4);
		assert_memory_equal(regions, expected, sizeof(expected));
	}
}

static void other_macros(void **state)
{
	const u32 msix[6] = JAILHOUSE_IVSHMEM_BAR_MASK_MSIX,
		  intx[6] = JAILHOUSE_IVSHMEM_BAR_MASK_INTX_64K;
	const struct jailhouse_pio range = PIO_RANGE(0x3f8, 8);
	struct jailhouse_memory region = { .virt_start = 0x1000, .size = 0x1000 };

	(void)state;
	assert_true(msix[0] == 0xfffff000 && msix[1] == 0xfffff000 && msix[2] == 0);
	assert_true(intx[0] == 0xffff0000 && intx[1] == 0);
	assert_true(range.base == 0x3f8 && range.length == 8);
	assert_false(JAILHOUSE_MEMORY_IS_SUBPAGE(&region));
	region.phys_start = 0x800;
	assert_false(JAILHOUSE_MEMORY_IS_SUBPAGE(&region));
	region.size = 0x1001;
	assert_true(JAILHOUSE_MEMORY_IS_SUBPAGE(&region));
	assert_int_equal(JAILHOUSE_MEM_IO_64, 0x80000);
	assert_int_equal(JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK + VIRTIO_DEV_CONSOLE, 0xc003);
}

static void cpuid_signature(void **state)
{
	const u32 words[] = { JAILHOUSE_CPUID_SIGNATURE_EBX, JAILHOUSE_CPUID_SIGNATURE_ECX,
			      JAILHOUSE_CPUID_SIGNATURE_EDX };

	(void)state;
	assert_memory_equal(words, "Jailhouse\0\0\0", 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sizes_of_known_configs),
		cmocka_unit_test(net_regions),
		cmocka_unit_test(other_macros),
		cmocka_unit_test(cpuid_signature),
	};

	return cmocka_run_group_tests_name("config/wire", tests, NULL, NULL);
}
