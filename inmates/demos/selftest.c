// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Checks the library in a cell with RAM at 2 MiB: text, command line (the one that inmates/bare/run
 * gives), memory, time, interrupts; and what the architecture's part adds. With library=off, only
 * that.
 */
#include "selftest.h"

CMDLINE_BUFFER(512);

#define MAX_TAKEN	64
#define EDU_RAISE	0x60
#define EDU_ACKNOWLEDGE	0x64

static volatile unsigned int taken[MAX_TAKEN];
static u8 *edu;

static void handle_irq(unsigned int irq)
{
	if (irq < MAX_TAKEN)
		taken[irq]++;
	if (edu)
		mmio_write32(edu + EDU_ACKNOWLEDGE, 1);
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
	u64 start = clock_read_ns();

	delay_us(20000);
	EXPECT_EQUAL(clock_read_ns() - start >= 20 * NS_PER_MSEC, true);
}

static bool came_once(volatile unsigned int *counter)
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
	irq_init(handle_irq);
	irq_enable(IPI_IRQ);
	irq_send_ipi(cpu_id(), IPI_IRQ);
	EXPECT_EQUAL(came_once(&taken[IPI_IRQ]), true);
}

static void check_edu(void)
{
	int bdf = pci_find_device(0x1234, 0x11e8, 0);
	unsigned int irq;

	if (bdf < 0)
		return;
	EXPECT_EQUAL(pci_find_device(0x1234, PCI_ID_ANY, (u16)bdf), bdf);
	EXPECT_EQUAL(pci_find_device(0x1234, 0x11e8, (u16)(bdf + 1)), -1);
	EXPECT_EQUAL(pci_find_cap((u16)bdf, PCI_CAP_MSIX), -1);
	edu = (u8 *)(u64)(pci_read_config((u16)bdf, PCI_CFG_BAR, 4) & ~0xfU);
	map_range(edu, PAGE_SIZE, MAP_UNCACHED);
	pci_write_config((u16)bdf, PCI_CFG_COMMAND, PCI_CMD_MEM | PCI_CMD_MASTER, 2);
	irq = edu_irq((u16)bdf);
	irq_enable(irq);
	mmio_write32(edu + EDU_RAISE, 1);
	EXPECT_EQUAL(came_once(&taken[irq]), true);
}

void inmate_main(void)
{
	printk("[%5d,%-5u,%05d,%x,%X,%08llx,%c,%4s,%-4s,%%,%p]\n", -42, 42U, -42, 0xabcU, 0xabcU,
	       0x123456789abULL, 'c', "s", "s", (void *)0x1000);
	check_machine();
	if (cmdline_parse_bool("library", true)) {
		check_strings();
		check_cmdline();
		check_memory();
		check_time();
		check_interrupts();
		check_edu();
	}
	printk("selftest: %s\n", all_passed ? "all passed" : "FAILED");
	comm_finish();
}
