// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * A cell with a device of its own: QEMU's educational device copies within the cell's memory, and
 * is then told to read and write target=ADDRESS (default 0x100000000), where the cell owns nothing.
 * buffers=ADDRESS says where to copy (default: behind the program), bdf= which function the device
 * is (default: it is looked for).
 */
#include <inmate.h>

#define EDU_VENDOR	0x1234
#define EDU_DEVICE	0x11e8
#define EDU_ID		0x00
#define EDU_LIVENESS	0x04	/* reads back inverted */
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

static u8 *edu;

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

static bool find_device(void)
{
	int bdf = (int)cmdline_parse_int("bdf", -1);
	u64 bar;

	if (bdf < 0)
		bdf = pci_find_device(EDU_VENDOR, EDU_DEVICE, 0);

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

void inmate_main(void)
{
	u8 *from = (u8 *)cmdline_parse_int("buffers", 0), *to;

	if (from)
		map_range(from, 2 * SIZE, MAP_CACHED);
	else
		from = alloc(2 * SIZE, SIZE);
	to = from + SIZE;
	if (find_device()) {
		copy_inside(from, to);
		reach_outside((u64)cmdline_parse_int("target", 0x100000000), from, to);
		copy_inside(from, to);
	}
	printk("pci: done\n");
	comm_finish();
}
