// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * A cell with a device of its own: QEMU's educational device copies within the cell's memory, and
 * is then told to read and write target=ADDRESS (default 0x100000000), where the cell owns nothing.
 * buffers=ADDRESS says where to copy (default: behind the program), bdf= which function the device
 * is (default: it is looked for). With irq=NUMBER the device also interrupts: by its line, which has
 * that number, or, with the word message, by messages that raise it.
 */
#include <inmate.h>

#define EDU_VENDOR	0x1234
#define EDU_DEVICE	0x11e8
#define EDU_ID		0x00
#define EDU_LIVENESS	0x04	/* reads back inverted */
#define EDU_STATUS	0x24	/* why it interrupts, until that is acknowledged */
#define EDU_RAISE	0x60
#define EDU_ACKNOWLEDGE	0x64
#define EDU_SOURCE	0x80
#define EDU_TARGET	0x88
#define EDU_COUNT	0x90
#define EDU_COMMAND	0x98
#define  EDU_START	0x01
#define  EDU_TO_MEMORY	0x02
#define EDU_BUFFER	0x40000	/* the device's own 4 KiB */

#define SIZE		256
#define POLL_US		1000
#define POLLS		3000
#define INTERRUPTS	3

static u8 *edu;
static unsigned int device_irq;
static volatile u32 arrived;

/* One transfer; false when the device never says that it is done. */
static bool transfer(u64 from, u64 to, u32 command)
{
	u32 polls;

	mmio_write64(edu + EDU_SOURCE, from);
	mmio_write64(edu + EDU_TARGET, to);
	mmio_write64(edu + EDU_COUNT, SIZE);
	mmio_write64(edu + EDU_COMMAND, EDU_START | command);
	for (polls = 0; polls < POLLS; polls++) {
		if (!(mmio_read64(edu + EDU_COMMAND) & EDU_START))
			return true;
		delay_us(POLL_US);
	}
	printk("pci: the device does not finish\n");
	return false;
}

static bool memory_to_device(u64 address)
{
	return transfer(address, EDU_BUFFER, 0);
}

static bool device_to_memory(u64 address)
{
	return transfer(EDU_BUFFER, address, EDU_TO_MEMORY);
}

/* Makes the function's registers accessible; bdf: -1 when there is no such function. */
static bool open_device(int bdf)
{
	u64 bar;

	if (bdf < 0) {
		printk("pci: no edu device\n");
		return false;
	}
	bar = pci_read_config((u16)bdf, PCI_CFG_BAR, 4) & ~0xfU;
	printk("pci: edu at %02x:%02x.%x, BAR 0x%llx\n", bdf >> 8, bdf >> 3 & 0x1f, bdf & 7, bar);
	if (!bar)
		return false;
	pci_write_config((u16)bdf, PCI_CFG_COMMAND, PCI_CMD_MEM | PCI_CMD_MASTER, 2);
	edu = (u8 *)bar;
	map_range(edu, PAGE_SIZE, MAP_UNCACHED);
	mmio_write32(edu + EDU_LIVENESS, 0x12345678);
	printk("pci: id 0x%x, liveness %s\n", mmio_read32(edu + EDU_ID),
	       mmio_read32(edu + EDU_LIVENESS) == ~0x12345678U ? "ok" : "FAILED");
	return true;
}

static void copy_inside(u8 *from, u8 *to)
{
	u32 i;

	for (i = 0; i < SIZE; i++)
		from[i] = (u8)(i ^ 0x5a);
	memset(to, 0, SIZE);
	if (memory_to_device((u64)from) && device_to_memory((u64)to))
		printk("pci: DMA inside the cell %s\n", memcmp(from, to, SIZE) ? "FAILED" : "ok");
}

/*
 * The device's buffer holds the pattern: what else arrives afterwards, other than zeros, came from
 * the target. Then the pattern goes there, for the owner of the target to look for.
 */
static void reach_outside(u64 target, u8 *from, u8 *to)
{
	u32 i, bytes = 0;

	if (!memory_to_device(target) || !device_to_memory((u64)to))
		return;
	for (i = 0; i < SIZE; i++)
		bytes += to[i] != 0 && to[i] != from[i];
	printk("pci: DMA read of 0x%llx brought %u foreign bytes%s\n", target, bytes,
	       bytes ? ", NOT BLOCKED" : "");
	if (memory_to_device((u64)from) && device_to_memory(target))
		printk("pci: DMA write to 0x%llx sent\n", target);
}

static void handle_interrupt(unsigned int irq)
{
	if (irq != device_irq)
		return;
	mmio_write32(edu + EDU_ACKNOWLEDGE, mmio_read32(edu + EDU_STATUS));
	arrived++;
}

/* Each interrupt comes before the next is raised, and none comes again. */
static void count_interrupts(u32 *raised)
{
	u32 polls;

	enable_irqs();
	for (*raised = 0; *raised < INTERRUPTS && arrived == *raised; ++*raised) {
		mmio_write32(edu + EDU_RAISE, 1);
		for (polls = 0; polls < POLLS && arrived == *raised; polls++)
			delay_us(POLL_US);
		delay_us(POLL_US);
	}
	disable_irqs();
}

static void test_interrupts(u16 bdf)
{
	bool message = cmdline_parse_bool("message", false);
	u32 raised;

	device_irq = (unsigned int)cmdline_parse_int("irq", 0);
	if (!device_irq)
		return;
	irq_init(handle_interrupt);
	if (message) {
		irq_enable_message(device_irq);
		pci_msi_set_vector(bdf, device_irq);
	} else {
		irq_enable(device_irq);
	}
	count_interrupts(&raised);
	printk("pci: %u of %u interrupts by %s, %s\n", arrived, raised, message ? "message" : "line",
	       raised == INTERRUPTS && arrived == raised ? "ok" : "FAILED");
}

void inmate_main(void)
{
	int bdf = (int)cmdline_parse_int("bdf", -1);
	u8 *from = (u8 *)cmdline_parse_int("buffers", 0), *to;

	if (from)
		map_range(from, 2 * SIZE, MAP_CACHED);
	else
		from = alloc(2 * SIZE, SIZE);
	to = from + SIZE;
	if (bdf < 0)
		bdf = pci_find_device(EDU_VENDOR, EDU_DEVICE, 0);
	if (open_device(bdf)) {
		test_interrupts((u16)bdf);
		copy_inside(from, to);
		reach_outside((u64)cmdline_parse_int("target", 0x100000000), from, to);
		copy_inside(from, to);
	}
	printk("pci: done\n");
	comm_finish();
}
