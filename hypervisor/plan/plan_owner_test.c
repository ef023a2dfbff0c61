// SPDX-License-Identifier: GPL-2.0
/* What a plan says about who has which port, device, interrupt pin and CPU, and is not isolated. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <plan/plan_kit.h>
#include <pt/pt.h>

static struct kit kit;

static void ports(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit.header.platform_info.x86.pm_timer_address = 0x608;
	kit_pio(&kit, 0, 0, 0xffff);
	kit_pio(&kit, 0, 0xffff, 1);
	kit_pio(&kit, 1, KIT_COM2, 8);
	kit_pio(&kit, 1, 0xcfc, 8);
	plan = kit_build(&kit, OK);
	assert_true(plan_pio_granted(plan, 0, 0x2f7, 1));
	assert_false(plan_pio_granted(plan, 0, 0x2f7, 2));
	assert_false(plan_pio_granted(plan, 0, KIT_COM2 + 7, 1));
	assert_true(plan_pio_granted(plan, 0, 0x300, 4));
	assert_true(plan_pio_granted(plan, 1, KIT_COM2, 4));
	assert_true(plan_pio_granted(plan, 1, KIT_COM2 + 4, 4));
	assert_false(plan_pio_granted(plan, 1, KIT_COM2 + 5, 4));
	assert_false(plan_pio_granted(plan, 1, KIT_COM2, 0));
	assert_true(plan_pio_granted(plan, 0, 0xcf4, 4));
	for (u16 port = 0xcf8; port <= 0xcff; port++) {
		assert_false(plan_pio_granted(plan, 0, port, 1));
		assert_false(plan_pio_granted(plan, 1, port, 1));
	}
	assert_true(plan_pio_granted(plan, 1, 0xd00, 4));
	assert_false(plan_pio_granted(plan, 1, 0xcff, 2));
	assert_true(plan_pio_granted(plan, 1, 0x608, 4));
	assert_false(plan_pio_granted(plan, 1, 0x60c, 1));
	assert_true(plan_pio_granted(plan, 0, 0x606, 4));
	assert_true(plan_pio_granted(plan, 0, 0xfffe, 2));	/* joined from two ranges */
	assert_false(plan_pio_granted(plan, 0, 0xffff, 2));
	free(plan);
}

static void devices(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 0x18);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_BRIDGE, 0x08);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 0x20)->iommu = 1;
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_IVSHMEM, 0x70);
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_IVSHMEM, 0x70);
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_DEVICE, 0x18);
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->devices.count, 5);
	assert_null(plan_find_device(plan, 0, 0x18));
	assert_int_equal(plan_find_device(plan, 1, 0x18)->index, 1);
	assert_int_equal(plan_dma_owner(plan, 0x18)->cell, 1);
	assert_int_equal(plan_dma_owner(plan, 0x08)->type, JAILHOUSE_PCI_TYPE_BRIDGE);
	assert_int_equal(plan_dma_owner(plan, 0x20)->unit, 1);
	assert_int_equal(plan_find_device(plan, 0, 0x70)->index, 3);
	assert_int_equal(plan_find_device(plan, 1, 0x70)->index, 0);
	assert_null(plan_dma_owner(plan, 0x70));
	assert_null(plan_dma_owner(plan, 0x21));
	assert_null(plan_dma_owner(plan, 0xffff));
	free(plan);
}

static void pins(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit_irqchip(&kit, 0, 0xfec00000, 0xffffff);
	kit_irqchip(&kit, 0, 0xfec01000, 0xff);
	kit_irqchip(&kit, 1, 0xfec01000, 0x11);
	kit_irqchip(&kit, 1, 0xfec02000, 0xff);	/* a chip that root does not have */
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->pins.count, 4);
	assert_int_equal(plan_pins(plan)[3].chip, PLAN_NONE);
	assert_int_equal(plan_pins(plan)[0].pins[0], 0xffffff);
	assert_int_equal(plan_pins(plan)[1].pins[0], 0xee);
	assert_int_equal(plan_pins(plan)[1].cell, 0);
	assert_int_equal(plan_pins(plan)[2].pins[0], 0x11);
	assert_int_equal(plan_pins(plan)[2].cell, 1);
	assert_int_equal(plan_pins(plan)[2].chip, 1);
	free(plan);
}

static void cpus(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit.cells[0].cpus[0] = 0x2d;	/* 0 2 3 5 */
	plan = kit_build(&kit, OK);
	assert_int_equal(plan->num_cpus, 6);
	assert_int_equal(plan_cpus(plan)[0], 0);
	assert_int_equal(plan_cpus(plan)[1], PLAN_NONE);
	assert_int_equal(plan_cpus(plan)[3], 1);
	assert_int_equal(plan_cpus(plan)[4], PLAN_NONE);
	assert_int_equal(plan_cpus(plan)[5], 0);
	free(plan);
}

static void what_is_not_isolated(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit.set.allow_unprotected = JAILHOUSE_UNPROTECTED_DMA | JAILHOUSE_UNPROTECTED_IRQ;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, 3);
	free(plan);
	kit.header.platform_info.iommu_units[0].base = 0xfed90000;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, JAILHOUSE_UNPROTECTED_IRQ);
	free(plan);
	kit.set.allow_unprotected = 0;
	kit.cells[1].view.unprotected = JAILHOUSE_UNPROTECTED_DMA;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, 0);
	assert_int_equal(plan_cells(plan)[1].unprotected, JAILHOUSE_UNPROTECTED_DMA);
	free(plan);
}

/* Whoever loads the module cannot say so for a cell; its own config, or root's, speaks for itself. */
static void delivery_is_not_granted(void **state)
{
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, 0);
	kit.set.allow_unprotected = JAILHOUSE_UNPROTECTED_ALL;
	kit.cells[1].view.unprotected = JAILHOUSE_UNPROTECTED_DELIVERY;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected & JAILHOUSE_UNPROTECTED_DELIVERY, 0);
	assert_true(plan_cells(plan)[1].unprotected & JAILHOUSE_UNPROTECTED_DELIVERY);
	free(plan);
	kit.set.allow_unprotected = 0;
	kit.system.root.unprotected = JAILHOUSE_UNPROTECTED_DELIVERY;
	kit.cells[1].view.unprotected = 0;
	plan = kit_build(&kit, OK);
	assert_int_equal(plan_cells(plan)[0].unprotected, JAILHOUSE_UNPROTECTED_DELIVERY);
	assert_int_equal(plan_cells(plan)[1].unprotected, 0);
	free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports),
		cmocka_unit_test(devices),
		cmocka_unit_test(pins),
		cmocka_unit_test(cpus),
		cmocka_unit_test(what_is_not_isolated),
		cmocka_unit_test(delivery_is_not_granted),
	};

	return cmocka_run_group_tests_name("plan/plan_owner", tests, NULL, NULL);
}
