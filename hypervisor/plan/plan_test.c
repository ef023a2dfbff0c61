// SPDX-License-Identifier: GPL-2.0
/* The plan as a whole: the same bytes each time, and as it is printed. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <plan/plan_kit.h>
#include <pt/pt.h>

static struct kit kit;

/* The same input gives the same bytes, whatever was in the memory before. */
static void a_plan_is_a_function(void **state)
{
	struct plan *a, *b;

	(void)state;
	kit_machine_with_cell(&kit, MEM_DMA | MEM_LOAD);
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_DEVICE, 0x18);
	kit_pio(&kit, 0, 0, 0x1000);
	a = kit_build(&kit, OK);
	b = malloc(a->size);
	memset(b, 0xa5, a->size);
	assert_int_equal(plan_build(b, &kit.input, &(struct refusal){ 0 }), OK);
	assert_int_equal(plan_size(&kit.input), a->size);
	assert_memory_equal(a, b, a->size);
	free(a);
	free(b);
}

static void collect(void *context, const char *line)
{
	strcat(context, line);
	strcat(context, "\n");
}

static void printed(void **state)
{
	static char text[8192];
	struct plan *plan;

	(void)state;
	kit_machine_with_cell(&kit, MEM_LOAD | MEM_DMA);
	kit.input.loadable = 2;
	kit_pio(&kit, 1, KIT_COM2, 8);
	kit_irqchip(&kit, 0, 0xfec00000, 0xffffff);
	kit_device(&kit, 1, JAILHOUSE_PCI_TYPE_DEVICE, 0x1a);
	kit.cells[1].view.unprotected = JAILHOUSE_UNPROTECTED_DMA | JAILHOUSE_UNPROTECTED_DELIVERY;
	plan = kit_build(&kit, OK);
	text[0] = 0;
	plan_print(plan, collect, text);
	assert_string_equal(text,
		"cell \"root\" id 0 slot 0\n"
		"  cpu 0\n"
		"  cpu 1\n"
		"  cpu 2\n"
		"  cpu-map 000000000000-000039ffffff -> 000000000000 rwx. memory mem_regions[0]\n"
		"  cpu-map 00003a000000-00003a5fffff -> 000000000000 r... zero hypervisor\n"
		"  cpu-map 00003a600000-00003a6fffff -> 00003a600000 rw.. memory mem_regions[0] of one\n"
		"  cpu-map 00003a700000-00003fffffff -> 00003a700000 rwx. memory mem_regions[0]\n"
		"  dma-map 000000000000-000039ffffff -> 000000000000 rw.. memory mem_regions[0]\n"
		"  dma-map 00003a700000-00003fffffff -> 00003a700000 rw.. memory mem_regions[0]\n"
		"  trap 0000fec00000-0000fec00fff ioapic [0]\n"
		"  trap 0000fee00000-0000fee00fff xapic [0]\n"
		"  pins 0000fec00000 from 0 00000000 00000000 00000000 00ffffff\n"
		"cell \"one\" id 1 slot 1 unprotected-dma unprotected-delivery\n"
		"  cpu 3\n"
		"  cpu-map 000000000000-0000000fffff -> 00003a600000 rwx. memory mem_regions[0]\n"
		"  cpu-map 000000100000-000000100fff -> 000000000000 rw.. comm mem_regions[1]\n"
		"  dma-map 000000000000-0000000fffff -> 00003a600000 rw.. memory mem_regions[0]\n"
		"  trap 0000fee00000-0000fee00fff xapic [0]\n"
		"  port 02f8-02ff\n"
		"  pci 00:03.2 device pci_devices[0] unit 0\n");
	free(plan);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_is_a_function),
		cmocka_unit_test(printed),
	};

	return cmocka_run_group_tests_name("plan/plan", tests, NULL, NULL);
}
