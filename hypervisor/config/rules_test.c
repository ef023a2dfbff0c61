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

static void system_header(void **state)
{
	(void)state;
	ACCEPTS(m.system.flags = JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE);
	REFUSES(STATUS_SYSTEM_FLAGS, m.system.flags = 2);
	ACCEPTS(m.system.hypervisor_memory.size = 0x1000);
	REFUSES(STATUS_HYPERVISOR_MEMORY, m.system.hypervisor_memory.size = 0);
	REFUSES(STATUS_HYPERVISOR_MEMORY, m.system.hypervisor_memory.size = 0x1800);
	REFUSES(STATUS_HYPERVISOR_MEMORY, m.system.hypervisor_memory.phys_start = 0x100000800);
	ACCEPTS(m.system.hypervisor_memory.phys_start = 0xfffffffa00000);
	REFUSES(STATUS_HYPERVISOR_MEMORY, m.system.hypervisor_memory.phys_start = 0xfffffffa01000);
	REFUSES(STATUS_HYPERVISOR_MEMORY, m.system.hypervisor_memory.phys_start = -0x1000ULL);
	ACCEPTS(INFO.pci_mmconfig_base = 0);
	ACCEPTS(INFO.pci_mmconfig_base = 0xaff00000);
	REFUSES(STATUS_ECAM, INFO.pci_mmconfig_base = 0xaff80000);
	ACCEPTS(INFO.pci_mmconfig_base = 0xffffff0000000);
	REFUSES(STATUS_ECAM, INFO.pci_mmconfig_base = 0xffffff0100000);
}

static void platform(void **state)
{
	(void)state;
	ACCEPTS(INFO.x86.pm_timer_address = 0xfffc);
	REFUSES(STATUS_PM_TIMER, INFO.x86.pm_timer_address = 0xfffd);
	ACCEPTS(INFO.x86.pm_timer_address = 0xcf4);
	REFUSES(STATUS_PM_TIMER, INFO.x86.pm_timer_address = 0xcf5);
	ACCEPTS(INFO.x86.pm_timer_address = 0xd00);
	REFUSES(STATUS_PM_TIMER, INFO.x86.pm_timer_address = 0xcff);
	ACCEPTS(INFO.x86.apic_mode = 2);
	REFUSES(STATUS_APIC_MODE_KNOWN, INFO.x86.apic_mode = 3);
	ACCEPTS(INFO.x86.vtd_interrupt_limit = 32768);
	REFUSES(STATUS_INTERRUPT_LIMIT, INFO.x86.vtd_interrupt_limit = 32769);
}

/* Bases: missing, misplaced and behind the last address, for both kinds of GIC. */
static void gic(void **state)
{
	(void)state;
	ARM64_ACCEPTS(GICV2);
	ARM64_REFUSES(STATUS_GIC_VERSION, INFO.arm.gic_version = 1);
	ARM64_REFUSES(STATUS_GIC_VERSION, INFO.arm.gic_version = 4);
	ARM64_ACCEPTS(INFO.arm.maintenance_irq = 16);
	ARM64_REFUSES(STATUS_GIC_MAINTENANCE, INFO.arm.maintenance_irq = 15);
	ARM64_ACCEPTS(INFO.arm.maintenance_irq = 31);
	ARM64_REFUSES(STATUS_GIC_MAINTENANCE, INFO.arm.maintenance_irq = 32);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicd_base = 0);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicd_base = 0x8008000);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicr_base = 0);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicr_base = 0x80a1000);
	ARM64_ACCEPTS(INFO.arm.gicr_base = 0xfffffff80000);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicr_base = 0xfffffff90000);
	ARM64_ACCEPTS(INFO.arm.gicc_base = INFO.arm.gich_base = INFO.arm.gicv_base = 0);
	ARM64_ACCEPTS(INFO.arm.gicr_base = 0; GICV2);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicc_base = 0; GICV2);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gich_base = 0; GICV2);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicv_base = 0; GICV2);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicv_base = 0x8040800; GICV2);
	ARM64_ACCEPTS(INFO.arm.gich_base = 0x8012000);
	ARM64_REFUSES(STATUS_WINDOWS_APART, INFO.arm.gich_base = 0x8011000);
}

static void units(void **state)
{
	(void)state;
	ACCEPTS(UNIT[0].type = JAILHOUSE_IOMMU_INTEL);
	REFUSES(STATUS_IOMMU_TYPE, UNIT[0].type = JAILHOUSE_IOMMU_SMMUV3);
	REFUSES(STATUS_IOMMU_TYPE, UNIT[0].type = 0);
	REFUSES(STATUS_IOMMU_WINDOW, UNIT[0].size = 0);
	REFUSES(STATUS_IOMMU_WINDOW, UNIT[0].size = 0x1001);
	REFUSES(STATUS_IOMMU_WINDOW, UNIT[0].base = 0xfed80001);
	REFUSES(STATUS_IOMMU_WINDOW, UNIT[0].base = -0x1000ULL);
	ACCEPTS(UNIT[1] = UNIT[0]; UNIT[1].base = 0xfed90000);
	REFUSES(STATUS_IOMMU_GAP, UNIT[2] = UNIT[0]; UNIT[2].base = 0xfed90000);
	REFUSES(STATUS_IOMMU_GAP, UNIT[7].type = JAILHOUSE_IOMMU_AMD);
	REFUSES(STATUS_IOMMU_GAP, UNIT[1].size = 0x1000);
	ACCEPTS(for (unsigned i = 1; i < 8; i++) {
		UNIT[i] = UNIT[0];
		UNIT[i].base = 0xfd000000 + i * 0x4000;
	});
	ACCEPTS(UNIT[0].amd.base_cap = 0xfc);
	REFUSES(STATUS_IOMMU_CAP, UNIT[0].amd.base_cap = 0x3c);
	REFUSES(STATUS_IOMMU_CAP, UNIT[0].amd.msi_cap = 0x42);
	ACCEPTS(UNIT[0].type = JAILHOUSE_IOMMU_INTEL; UNIT[0].amd.base_cap = 0);
	ARM64_ACCEPTS(UNIT[0].type = JAILHOUSE_IOMMU_ARM_MMU500);
	ARM64_REFUSES(STATUS_IOMMU_TYPE, UNIT[0].type = JAILHOUSE_IOMMU_PVU);
	ARM64_REFUSES(STATUS_IOMMU_TYPE, UNIT[0].type = JAILHOUSE_IOMMU_AMD);
	ARM64_ACCEPTS(UNIT[1] = UNIT[0]; UNIT[1].base = 0x9080000);
	ARM64_REFUSES(STATUS_IOMMU_MIXED, UNIT[1] = UNIT[0]; UNIT[1].base = 0x9080000;
		      UNIT[1].type = JAILHOUSE_IOMMU_ARM_MMU500);
}

static void windows_apart(void **state)
{
	(void)state;
	ACCEPTS(UNIT[1] = UNIT[0]; UNIT[1].base = 0xfed84000);
	REFUSES(STATUS_WINDOWS_APART, UNIT[1] = UNIT[0]; UNIT[1].base = 0xfed83000);
	REFUSES(STATUS_WINDOWS_APART, UNIT[1] = UNIT[0]);
	REFUSES(STATUS_WINDOWS_APART, UNIT[0].base = 0xfeeff000);
	REFUSES(STATUS_WINDOWS_APART, INFO.pci_mmconfig_base = 0xf0000000);
	REFUSES(STATUS_WINDOWS_APART, m.system.hypervisor_memory.phys_start = 0xb0000000);
}

#define DEBUG m.system.debug_console
#define CONSOLE ONE.desc.console

static void consoles(void **state)
{
	(void)state;
	ACCEPTS(DEBUG.type = JAILHOUSE_CON_TYPE_NONE; DEBUG.address = ~0ULL);
	REFUSES(STATUS_CONSOLE_TYPE, DEBUG.type = JAILHOUSE_CON_TYPE_PL011);
	REFUSES(STATUS_CONSOLE_TYPE, CONSOLE.type = JAILHOUSE_CON_TYPE_PL011);
	ACCEPTS(CONSOLE.type = JAILHOUSE_CON_TYPE_8250; CONSOLE.address = 0x3e8);
	ACCEPTS(CONSOLE.flags = JAILHOUSE_CON_MDR_QUIRK);
	REFUSES(STATUS_CONSOLE_FLAGS, CONSOLE.flags = 0x8);
	REFUSES(STATUS_CONSOLE_FLAGS, DEBUG.flags = 0x4000);
	ACCEPTS(DEBUG.address = 0xfff8);
	REFUSES(STATUS_CONSOLE_PORT, DEBUG.address = 0xfff9);
	REFUSES(STATUS_CONSOLE_PORT, DEBUG.address = ~0ULL);
	ACCEPTS(DEBUG.address = 0xcf0);
	REFUSES(STATUS_CONSOLE_PORT, DEBUG.address = 0xcf1);
	ACCEPTS(DEBUG.flags = 1; DEBUG.address = 0xfe000000; DEBUG.size = 1);
	REFUSES(STATUS_CONSOLE_MMIO, DEBUG.flags = 1; DEBUG.address = 0xfe000000);
	REFUSES(STATUS_CONSOLE_MMIO, DEBUG.flags = 1; DEBUG.address = ~0ULL; DEBUG.size = 2);
	REFUSES(STATUS_IN_ECAM, DEBUG.flags = 1; DEBUG.address = 0xb0000000; DEBUG.size = 1);
	ACCEPTS(CONSOLE.type = 2; CONSOLE.flags = 1; CONSOLE.address = 0xfe000000);
	REFUSES(STATUS_CONSOLE_MMIO, CONSOLE.type = 2; CONSOLE.flags = 1;
		CONSOLE.address = 1ULL << 52);
	ARM64_ACCEPTS(CONSOLE = DEBUG; CONSOLE.type = JAILHOUSE_CON_TYPE_SCIF);
	ARM64_REFUSES(STATUS_CONSOLE_TYPE, CONSOLE = DEBUG; CONSOLE.type = JAILHOUSE_CON_TYPE_SCIF + 1);
	ARM64_REFUSES(STATUS_CONSOLE_TYPE, CONSOLE = DEBUG; CONSOLE.type = 0x10);
	ARM64_REFUSES(STATUS_CONSOLE_TYPE, DEBUG.type = JAILHOUSE_CON_TYPE_EFIFB);
	ARM64_REFUSES(STATUS_CONSOLE_ACCESS, DEBUG.flags = JAILHOUSE_CON_REGDIST_4);
	ARM64_REFUSES(STATUS_IN_GIC, DEBUG.address = 0x8000000);
}

#define PORTS(cell, first, count) ((cell).pio[0] = (struct jailhouse_pio){ first, count })

static void ports(void **state)
{
	(void)state;
	ACCEPTS(PORTS(ONE, 0, 0));
	REFUSES(STATUS_PIO_EMPTY, PORTS(ONE, 0x3f8, 0));
	ACCEPTS(PORTS(ONE, 0xffff, 1));
	REFUSES(STATUS_PIO_WRAP, PORTS(ONE, 0xffff, 2));
	REFUSES(STATUS_PIO_WRAP, PORTS(ONE, 1, 0xffff); PORTS(TWO, 0, 0); ONE.pio[0].base = 2);
	ACCEPTS(PORTS(ROOT, 0xcf0, 8));
	REFUSES(STATUS_PIO_CONFIG, PORTS(ROOT, 0xcf0, 9));
	ACCEPTS(PORTS(ROOT, 0xcf9, 3));
	REFUSES(STATUS_PIO_CONFIG, PORTS(ROOT, 0xcf9, 4));
	ACCEPTS(PORTS(ROOT, 0xd00, 8));
	REFUSES(STATUS_PIO_CONFIG, PORTS(ROOT, 0xcff, 8));
	/* Cell two has 0x2e8 to 0x2ef. */
	ACCEPTS(PORTS(ONE, 0x2e0, 8));
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2e0, 9));
	ACCEPTS(PORTS(ONE, 0x2f0, 1));
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2ef, 1));
	ACCEPTS(PORTS(ONE, 0x3f8, 8));
	ARM64_REFUSES(STATUS_PIO_NONE, ONE.desc.num_pio_regions = 1);
}

static void shared_ports_are_said_by_both(void **state)
{
	(void)state;
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2e8, 8);
		ONE.unprotected |= JAILHOUSE_UNPROTECTED_PIO);
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2e8, 8);
		TWO.unprotected |= JAILHOUSE_UNPROTECTED_PIO);
	ACCEPTS(PORTS(ONE, 0x2e8, 8); ONE.unprotected |= JAILHOUSE_UNPROTECTED_PIO;
		TWO.unprotected |= JAILHOUSE_UNPROTECTED_PIO);
	ACCEPTS(PORTS(ONE, 0x2e8, 8); m.allow_unprotected = JAILHOUSE_UNPROTECTED_PIO);
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
	assert_all_seen(STATUS_WINDOWS_APART, STATUS_PIO_NONE);
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
		cmocka_unit_test(system_header),
		cmocka_unit_test(platform),
		cmocka_unit_test(gic),
		cmocka_unit_test(units),
		cmocka_unit_test(windows_apart),
		cmocka_unit_test(consoles),
		cmocka_unit_test(ports),
		cmocka_unit_test(shared_ports_are_said_by_both),
		cmocka_unit_test(dma_is_isolated),
		cmocka_unit_test(interrupts_are_isolated),
		cmocka_unit_test(every_reason_was_seen),
	};

	return cmocka_run_group_tests_name("config/rules", tests, NULL, NULL);
}
