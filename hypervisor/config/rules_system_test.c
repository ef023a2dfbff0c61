// SPDX-License-Identifier: GPL-2.0
/* Rules about the system header, units and windows of the machine: last valid, first invalid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <host/config_assert.h>

#define INFO m.system.platform_info
#define UNIT m.system.platform_info.iommu_units

/* Nothing but so many devices of links, which come first. */
#define VIRTUAL_PCI(devices) (INFO.pci_is_virtual = 1, m.root.desc.num_pci_devices =		\
			      m.cell[0].desc.num_pci_devices = m.cell[1].desc.num_pci_devices = (devices))

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
	ARM64_ACCEPTS(VIRTUAL_PCI(1); INFO.pci_mmconfig_end_bus = 0);
	ARM64_REFUSES(STATUS_ECAM_VIRTUAL, VIRTUAL_PCI(1); INFO.pci_mmconfig_end_bus = 1);
	ARM64_ACCEPTS(VIRTUAL_PCI(0); INFO.pci_mmconfig_base = 0; INFO.pci_mmconfig_end_bus = 1);
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
	ARM64_ACCEPTS(GICV4);
	ARM64_REFUSES(STATUS_GIC_VERSION, INFO.arm.gic_version = 5);
	ARM64_ACCEPTS(INFO.arm.maintenance_irq = 16);
	ARM64_REFUSES(STATUS_GIC_MAINTENANCE, INFO.arm.maintenance_irq = 15);
	ARM64_ACCEPTS(INFO.arm.maintenance_irq = 31);
	ARM64_REFUSES(STATUS_GIC_MAINTENANCE, INFO.arm.maintenance_irq = 32);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicd_base = 0);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicd_base = 0x8008000);
	ARM64_REFUSES(STATUS_GIC_BASE, m.phys_bits = 40; INFO.arm.gicd_base = 1ULL << 40);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicr_base = 0);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicr_base = 0x80a1000);
	ARM64_ACCEPTS(INFO.arm.gicr_base = 0xfffffff80000);
	ARM64_REFUSES(STATUS_GIC_BASE, INFO.arm.gicr_base = 0xfffffff90000);
	ARM64_ACCEPTS(GICV4; INFO.arm.gicr_base = 0xfffffff00000);
	ARM64_REFUSES(STATUS_GIC_BASE, GICV4; INFO.arm.gicr_base = 0xfffffff10000);
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

static void every_reason_was_seen(void **state)
{
	(void)state;
	assert_all_seen(STATUS_WINDOWS_APART, STATUS_IOMMU_CAP);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(system_header),
		cmocka_unit_test(platform),
		cmocka_unit_test(gic),
		cmocka_unit_test(units),
		cmocka_unit_test(windows_apart),
		cmocka_unit_test(every_reason_was_seen),
	};

	return cmocka_run_group_tests_name("config/rules_system", tests, NULL, NULL);
}
