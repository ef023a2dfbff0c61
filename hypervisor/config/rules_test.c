// SPDX-License-Identifier: GPL-2.0
/* Rules about descriptors, caches and CPUs, and about what is not isolated: last valid, first invalid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <host/config_assert.h>

#define ROOT m.root
#define ONE m.cell[0]
#define TWO m.cell[1]
#define INFO m.system.platform_info
#define UNIT m.system.platform_info.iommu_units

// SPDX-License-Identifier: GPL-2.0
/*
 * Rules about the system header, descriptors, CPUs, consoles and ports: last valid, first invalid.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <host/config_assert.h>

#define ROOT m.root
#define ONE m.cell[0]
#define TWO m.cell[1]
#define INFO m.system.platform_info
#define UNIT m.system.platform_info.iommu_units

static void standard_machine_obeys_all(void **state)
{
	(void)state;
	ACCEPTS((void)m);
	ARM64_ACCEPTS((void)m);
	ACCEPTS(m.absent[0] = m.absent[1] = true);
	ACCEPTS(m.absent[0] = true);
}

static void names(void **state)
{
	(void)state;
	ACCEPTS(memset(ONE.desc.name, 'x', 31));
	REFUSES(STATUS_NAME_END, memset(ONE.desc.name, 'x', 32));
	ACCEPTS(strcpy(ONE.desc.name, "o"));
	REFUSES(STATUS_NAME_EMPTY, ONE.desc.name[0] = 0);
	REFUSES(STATUS_NAME_EMPTY, ROOT.desc.name[0] = 0);
	ACCEPTS(ONE.desc.name[1] = ' ');
	REFUSES(STATUS_NAME_TEXT, ONE.desc.name[1] = '\x1f');
	REFUSES(STATUS_NAME_TEXT, ONE.desc.name[1] = '\x7f');
	ACCEPTS(ONE.desc.name[1] = '\xc3');
	ACCEPTS(strcpy(TWO.desc.name, "on"));
	ACCEPTS(strcpy(TWO.desc.name, "ones"));
	REFUSES(STATUS_NAME_TWICE, strcpy(TWO.desc.name, "one"));
	REFUSES(STATUS_NAME_TWICE, strcpy(TWO.desc.name, "root"));
}

static void cell_flags(void **state)
{
	(void)state;
	ACCEPTS(ONE.desc.flags = 0xc0000003);
	REFUSES(STATUS_CELL_FLAGS, ONE.desc.flags = JAILHOUSE_CELL_AARCH32);
	REFUSES(STATUS_CELL_FLAGS, ROOT.desc.flags = 0x8);
	ACCEPTS(ONE.desc.cpu_reset_address = 0xffffffff);
	REFUSES(STATUS_RESET_ADDRESS, ONE.desc.cpu_reset_address = 0x100000000);
	REFUSES(STATUS_STREAM_IDS, ONE.desc.num_stream_ids = 1);
	ARM64_REFUSES(STATUS_CELL_AARCH32, ONE.desc.flags = JAILHOUSE_CELL_AARCH32);
	ARM64_REFUSES(STATUS_CELL_FLAGS, ONE.desc.flags = 8);
	ARM64_ACCEPTS(ONE.desc.cpu_reset_address = 0xffffffffffff);
	ARM64_REFUSES(STATUS_RESET_ADDRESS, ONE.desc.cpu_reset_address = 0x1000000000000);
}

#define CACHE(cell, first, bits, kind)							\
	((cell).desc.num_cache_regions = 1,						\
	 (cell).caches[0] = (struct jailhouse_cache){ .start = first, .size = bits, .type = kind })

static void caches(void **state)
{
	(void)state;
	ACCEPTS(CACHE(ONE, 0, 32, JAILHOUSE_CACHE_L3));
	ACCEPTS(CACHE(ONE, 31, 1, JAILHOUSE_CACHE_L3));
	REFUSES(STATUS_CACHE_RANGE, CACHE(ONE, 0, 33, JAILHOUSE_CACHE_L3));
	REFUSES(STATUS_CACHE_RANGE, CACHE(ONE, 0xffffffff, 1, JAILHOUSE_CACHE_L3));
	REFUSES(STATUS_CACHE_RANGE, CACHE(ONE, 0, 0, JAILHOUSE_CACHE_L3));
	REFUSES(STATUS_CACHE_TYPE, CACHE(ONE, 0, 1, JAILHOUSE_CACHE_L3_DATA));
	REFUSES(STATUS_CACHE_COUNT, CACHE(ONE, 0, 1, JAILHOUSE_CACHE_L3);
		ONE.desc.num_cache_regions = 2);
	ACCEPTS(CACHE(ONE, 0, 1, JAILHOUSE_CACHE_L3);
		ONE.caches[0].flags = JAILHOUSE_CACHE_ROOTSHARED);
	REFUSES(STATUS_CACHE_FLAGS, CACHE(ONE, 0, 1, JAILHOUSE_CACHE_L3); ONE.caches[0].flags = 2);
	ARM64_REFUSES(STATUS_CACHE_NONE, CACHE(ONE, 0, 1, JAILHOUSE_CACHE_L3));
}

static void cpus(void **state)
{
	(void)state;
	ACCEPTS(ONE.cpus[0] = 0x8);
	REFUSES(STATUS_CPU_FOREIGN, ONE.cpus[0] = 0x10);
	REFUSES(STATUS_CPU_FOREIGN, ONE.cpus[7] = 0x80);
	REFUSES(STATUS_CPU_NONE, ONE.cpus[0] = 0);
	REFUSES(STATUS_CPU_NONE, ONE.desc.cpu_set_size = 0);
	REFUSES(STATUS_CPU_NONE, ROOT.cpus[0] = 0);
	REFUSES(STATUS_CPU_BOOT, ONE.cpus[0] = 0x1);
	ARM64_ACCEPTS(ONE.cpus[0] = 0x1);
	ACCEPTS(ONE.cpus[0] = 0xa);
	REFUSES(STATUS_CPU_TWICE, ONE.cpus[0] = 0x6);
	ACCEPTS(ROOT.cpus[0] = 0xe);
	REFUSES(STATUS_CPU_LAST, ROOT.cpus[0] = 0x6);
	/* One byte of CPUs beside eight: sets may have different sizes. */
	ACCEPTS(ONE.desc.cpu_set_size = 1);
	REFUSES(STATUS_CPU_FOREIGN, ROOT.desc.cpu_set_size = 1; ONE.cpus[1] = 1);
}

static void dma_is_isolated(void **state)
{
	(void)state;
	REFUSES(STATUS_NO_IOMMU, UNIT[0] = (struct jailhouse_iommu){ 0 });
	REFUSES(STATUS_NO_IOMMU, UNIT[0] = (struct jailhouse_iommu){0};
		m.absent[0] = m.absent[1] = true; ROOT.desc.num_pci_devices = 1);
	REFUSES(STATUS_NO_IOMMU, UNIT[0] = (struct jailhouse_iommu){ 0 }; ROOT.unprotected = 1);
	ACCEPTS(UNIT[0] = (struct jailhouse_iommu){ 0 }; ROOT.unprotected = 1;
		m.absent[0] = m.absent[1] = true);
	ACCEPTS(UNIT[0] = (struct jailhouse_iommu){ 0 }; ROOT.unprotected = 1;
		ONE.unprotected = TWO.unprotected = 3);
	ACCEPTS(UNIT[0] = (struct jailhouse_iommu){ 0 }; m.allow_unprotected = 1);
	/* A link is no device that could do DMA. */
	ACCEPTS(UNIT[0] = (struct jailhouse_iommu){ 0 }; ROOT.unprotected = 1; m.absent[1] = true;
		ONE.desc.num_pci_devices = 1; ONE.unprotected = 0);
	/* A stream is a device, listed or not. */
	ARM64_REFUSES(STATUS_NO_IOMMU, UNIT[0] = (struct jailhouse_iommu){ 0 }; ROOT.unprotected = 1;
		      m.absent[1] = true; ONE.desc.num_pci_devices = 1; ONE.unprotected = 0);
	ARM64_ACCEPTS(UNIT[0] = (struct jailhouse_iommu){ 0 }; ROOT.unprotected = 1;
		      m.absent[1] = true; ONE.desc.num_pci_devices = 1; ONE.unprotected = 1);
}

static void interrupts_are_isolated(void **state)
{
	(void)state;
	REFUSES(STATUS_NO_REMAPPING, ONE.unprotected = 0);
	REFUSES(STATUS_NO_REMAPPING, ONE.unprotected = JAILHOUSE_UNPROTECTED_DMA);
	ACCEPTS(ONE.unprotected = 0; m.allow_unprotected = JAILHOUSE_UNPROTECTED_IRQ);
	ACCEPTS(ONE.unprotected = 0; ONE.desc.num_pci_devices = 1);
	ARM64_ACCEPTS(ONE.unprotected = 0);
}

static void every_reason_was_seen(void **state)
{
	(void)state;
	assert_all_seen(STATUS_NAME_END, STATUS_CPU_LAST);
	assert_all_seen(STATUS_NO_IOMMU, STATUS_NO_REMAPPING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(standard_machine_obeys_all),
		cmocka_unit_test(names),
		cmocka_unit_test(cell_flags),
		cmocka_unit_test(caches),
		cmocka_unit_test(cpus),
		cmocka_unit_test(dma_is_isolated),
		cmocka_unit_test(interrupts_are_isolated),
		cmocka_unit_test(every_reason_was_seen),
	};

	return cmocka_run_group_tests_name("config/rules", tests, NULL, NULL);
}
