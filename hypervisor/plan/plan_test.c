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
	plan_print(plan, &kit.set, collect, text);
	assert_string_equal(text,
		"cell \"root\" slot 0\n"
		"  cpu 0\n"
		"  cpu 1\n"
		"  cpu 2\n"
		"  cpu-map 000000000000-000039ffffff -> 000000000000 rwx memory mem_regions[0]\n"
		"  cpu-map 00003a000000-00003a5fffff -> 000000000000 r.. zero hypervisor\n"
		"  cpu-map 00003a600000-00003a6fffff -> 00003a600000 rw. memory mem_regions[0] of one\n"
		"  cpu-map 00003a700000-00003fffffff -> 00003a700000 rwx memory mem_regions[0]\n"
		"  dma-map 000000000000-000039ffffff -> 000000000000 rw. memory mem_regions[0]\n"
		"  dma-map 00003a700000-00003fffffff -> 00003a700000 rw. memory mem_regions[0]\n"
		"  trap 0000fec00000-0000fec00fff ioapic [0]\n"
		"  trap 0000fee00000-0000fee00fff xapic [0]\n"
		"  pins 0-23 of 0000fec00000 irqchips[0]\n"
		"cell \"one\" slot 1 unprotected-dma unprotected-delivery\n"
		"  cpu 3\n"
		"  cpu-map 000000000000-0000000fffff -> 00003a600000 rwx memory mem_regions[0]\n"
		"  cpu-map 000000100000-000000100fff -> 000000000000 rw. comm mem_regions[1]\n"
		"  dma-map 000000000000-0000000fffff -> 00003a600000 rw. memory mem_regions[0]\n"
		"  trap 0000fee00000-0000fee00fff xapic [0]\n"
		"  port 02f8-02ff\n"
		"  pci 00:03.2 device pci_devices[0] unit 0\n");
	free(plan);
}

/* The lines of the whole plan that begin with word. */
static const char *lines_of(const char *word)
{
	static char text[16384], found[8192];
	struct plan *plan = kit_build(&kit, OK);
	const size_t length = strlen(word);

	text[0] = found[0] = 0;
	plan_print(plan, &kit.set, collect, text);
	free(plan);
	for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
		if (strncmp(line, word, length) == 0)
			collect(found, line);
	return found;
}

static void interrupts_as_numbers(void **state)
{
	(void)state;
	kit_start(&kit);
	kit_arm64(&kit, 3);
	kit_cell(&kit, 1, "one", 0x8);
	kit_spis(&kit, 1, 64, 1U << 9 | 0xfU << 28);
	kit.cells[1].irqchips[0].pin_bitmap[1] = 1;
	kit.cells[1].irqchips[0].pin_bitmap[3] = 1U << 31;
	assert_string_equal(lines_of("  interrupts"), "  interrupts 73 92-96 191 irqchips[0]\n");
	/* As many lines as it takes. */
	memset(kit.cells[1].irqchips[0].pin_bitmap, 0x55, 16);
	assert_non_null(strstr(lines_of("  interrupts"), " irqchips[0]\n  interrupts "));
	assert_non_null(strstr(lines_of("  interrupts"), " 190 irqchips[0]\n"));
	memset(kit.cells[1].irqchips[0].pin_bitmap, 0, 16);
	assert_string_equal(lines_of("  interrupts"), "");
}

/* Two sections behind a table of a page, and an end in this cell. */
static struct jailhouse_pci_device *link_end(unsigned slot, u16 bdf, u8 id)
{
	struct jailhouse_pci_device *end = kit_device(&kit, slot, JAILHOUSE_PCI_TYPE_IVSHMEM, bdf);

	end->shmem_regions_start = kit.cells[slot].desc.num_memory_regions;
	end->shmem_dev_id = id;
	end->shmem_peers = 2;
	kit_map(&kit, slot, 0x7000000, 0x7000000, 0x1000, MEM_R | MEM_SHARED);
	kit_map(&kit, slot, 0, 0, 0, 0);
	kit_map(&kit, slot, 0x7001000, 0x7001000, 0x2000, MEM_R | MEM_SHARED);
	kit_map(&kit, slot, 0x7003000, 0x7003000, 0x2000, MEM_R | MEM_SHARED);
	return end;
}

static void ends_of_links(void **state)
{
	(void)state;
	kit_start(&kit);
	kit_arm64(&kit, 3);
	kit_cell(&kit, 1, "one", 0x8);
	kit.cells[0].desc.vpci_irq_base = 168;
	kit.cells[1].desc.vpci_irq_base = 172;
	kit_device(&kit, 0, JAILHOUSE_PCI_TYPE_IVSHMEM, 3 << 3)->shmem_peers = 1;
	link_end(0, 1 << 3, 0);
	link_end(1, 1 << 3, 1)->num_msix_vectors = 4;
	assert_string_equal(lines_of("  link"),
		"  link 00:01.0 pci_devices[1] id 0 of 2, memory 000007000000-000007004fff, interrupt 201, peers here: \"one\"\n"
		"  link 00:03.0 pci_devices[0] id 0 of 1, memory 000007000000-000007002fff, interrupt 203, no peer here\n"
		"  link 00:01.0 pci_devices[0] id 1 of 2, memory 000007000000-000007004fff, 4 vectors, peers here: \"root\"\n");
	assert_string_equal(lines_of("  interrupts"), "  interrupts 201 203 vpci_irq_base\n");
	kit_start(&kit);
	link_end(0, 1 << 3, 0);
	assert_string_equal(lines_of("  link"),
		"  link 00:01.0 pci_devices[0] id 0 of 2, memory 000007000000-000007004fff, no interrupt, no peer here\n");
}

/* A UART is no DMA. */
static void devices_are_called_so(void **state)
{
	(void)state;
	kit_start(&kit);
	kit_arm64(&kit, 3);
	kit_map(&kit, 0, 0x9000000, 0x9000000, 0x1000, MEM_RW | JAILHOUSE_MEM_IO);
	kit_map(&kit, 0, 0xa000000, 0xa000000, 0x1000, MEM_RW | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_NO_HUGEPAGES);
	assert_string_equal(lines_of("  cpu-map"),
		"  cpu-map 000009000000-000009000fff -> 000009000000 rw. device mem_regions[0]\n"
		"  cpu-map 00000a000000-00000a000fff -> 00000a000000 rw. device-4k mem_regions[1]\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plan_is_a_function),
		cmocka_unit_test(printed),
		cmocka_unit_test(interrupts_as_numbers),
		cmocka_unit_test(ends_of_links),
		cmocka_unit_test(devices_are_called_so),
	};

	return cmocka_run_group_tests_name("plan/plan", tests, NULL, NULL);
}
