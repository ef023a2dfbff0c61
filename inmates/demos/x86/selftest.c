// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Checks the library in a cell with RAM at 2 MiB: text, command line (the one that inmates/bare/run
 * gives), memory, time, and interrupts by IPI and by MSI of the edu device where there is one.
 */
#include <test.h>

CMDLINE_BUFFER(512);

#define IPI_VECTOR	40
#define MSI_VECTOR	41
#define EDU_RAISE	0x60
#define EDU_ACKNOWLEDGE	0x64

static volatile unsigned int taken[64];

static void handle_irq(unsigned int irq)
{
	taken[irq]++;
}

static void check_strings(void)
{
	char text[8] = "abcdefg";

	EXPECT_EQUAL(strlen("abc"), 3);
	EXPECT_EQUAL(strcmp("abc", "abc"), 0);
	EXPECT_EQUAL(strcmp("abd", "abc") > 0, true);
	EXPECT_EQUAL(strcmp("ab", "abc") < 0, true);
	EXPECT_EQUAL(strncmp("abx", "aby", 2), 0);
	EXPECT_EQUAL(strncasecmp("ABc", "abC", 3), 0);
	EXPECT_EQUAL(memcmp("a\0b", "a\0c", 3) < 0, true);
	memmove(text + 1, text, 4);
	EXPECT_EQUAL(strcmp(text, "aabcdfg"), 0);
	memmove(text, text + 1, 4);
	EXPECT_EQUAL(strcmp(text, "abcddfg"), 0);
}

static void check_cmdline(void)
{
	char text[4];

	EXPECT_EQUAL(cmdline_parse_int("number", 1), 0x12);
	EXPECT_EQUAL(cmdline_parse_int("minus", 1), -7);
	EXPECT_EQUAL(cmdline_parse_int("num", 5), 5);
	EXPECT_EQUAL(cmdline_parse_int("odd", 6), 6);
	EXPECT_EQUAL(cmdline_parse_bool("flag", false), true);
	EXPECT_EQUAL(cmdline_parse_bool("no-flag", true), false);
	EXPECT_EQUAL(cmdline_parse_bool("fla", false), false);
	EXPECT_EQUAL(strcmp(cmdline_parse_str("text", text, sizeof(text), "x"), "abc"), 0);
	EXPECT_EQUAL(strcmp(cmdline_parse_str("text", text, 3, "x"), "ab"), 0);
	EXPECT_EQUAL(strcmp(cmdline_parse_str("tex", text, sizeof(text), "xyz1"), "xyz"), 0);
}

static void check_memory(void)
{
	u8 *first = alloc(3, 1), *second = zalloc(64, 64), *third = alloc(1, PAGE_SIZE);

	EXPECT_EQUAL((u64)second % 64, 0);
	EXPECT_EQUAL(second >= first + 3, true);
	EXPECT_EQUAL((u64)third % PAGE_SIZE, 0);
	EXPECT_EQUAL(second[0] | second[63], 0);
	/* beyond the 2 MiB that are there from the start */
	map_range((void *)0x1ffffe, 4, MAP_CACHED);
	mmio_write32((void *)0x200000, 0x12345678);
	EXPECT_EQUAL(mmio_read16((void *)0x200002), 0x1234);
	EXPECT_EQUAL(mmio_read8((void *)0x200000), 0x78);
}

static void check_time(void)
{
	u64 pm = pm_timer_read(), tsc = tsc_read_ns();

	delay_us(20000);
	pm = pm_timer_read() - pm;
	tsc = tsc_read_ns() - tsc;
	EXPECT_EQUAL(tsc >= 20 * NS_PER_MSEC, true);
	EXPECT_EQUAL(pm > 10 * NS_PER_MSEC && pm < 1000 * NS_PER_MSEC, true);
}

static bool wait_for(volatile unsigned int *counter)
{
	unsigned int tries;

	enable_irqs();
	for (tries = 0; tries < 1000 && !*counter; tries++)
		delay_us(1000);
	disable_irqs();
	return *counter == 1;
}

static void check_interrupts(void)
{
	int edu;
	u8 *registers;

	irq_init(handle_irq);
	irq_enable(IPI_VECTOR);
	irq_send_ipi(cpu_id(), IPI_VECTOR);
	EXPECT_EQUAL(wait_for(&taken[IPI_VECTOR]), true);

	edu = pci_find_device(0x1234, 0x11e8, 0);
	if (edu < 0)
		return;
	EXPECT_EQUAL(pci_find_device(0x1234, PCI_ID_ANY, (u16)edu), edu);
	EXPECT_EQUAL(pci_find_device(0x1234, 0x11e8, (u16)(edu + 1)), -1);
	EXPECT_EQUAL(pci_find_cap((u16)edu, PCI_CAP_MSIX), -1);
	registers = (u8 *)(u64)(pci_read_config((u16)edu, PCI_CFG_BAR, 4) & ~0xfU);
	map_range(registers, PAGE_SIZE, MAP_UNCACHED);
	pci_write_config((u16)edu, PCI_CFG_COMMAND, PCI_CMD_MEM | PCI_CMD_MASTER, 2);
	irq_enable(MSI_VECTOR);
	pci_msi_set_vector((u16)edu, MSI_VECTOR);
	mmio_write32(registers + EDU_RAISE, 1);
	EXPECT_EQUAL(wait_for(&taken[MSI_VECTOR]), true);
	mmio_write32(registers + EDU_ACKNOWLEDGE, 1);
}

void inmate_main(void)
{
	printk("[%5d,%-5u,%05d,%x,%X,%08llx,%c,%4s,%-4s,%%,%p]\n", -42, 42U, -42, 0xabcU, 0xabcU,
	       0x123456789abULL, 'c', "s", "s", (void *)0x1000);
	check_strings();
	check_cmdline();
	check_memory();
	check_time();
	check_interrupts();
	smp_wait_for_all_cpus();
	EXPECT_EQUAL(smp_num_cpus, comm_region->num_cpus);
	printk("selftest: %s\n", all_passed ? "all passed" : "FAILED");
	comm_finish();
}
