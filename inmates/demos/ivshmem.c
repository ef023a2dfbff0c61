// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * One end of a shared-memory window. Each peer writes into its own output section: at 0 a sequence
 * number, written last; at 4 the length; at 8 the text. What the others write is printed and answered,
 * with a doorbell. Doorbells are not waited for alone: every poll-us the window is looked at anyway.
 */
#include <inmate.h>

#define IVSHMEM_VENDOR	0x110a
#define IVSHMEM_DEVICE	0x4106

/* Vendor capability. */
#define CAP_STATE_SIZE	0x04
#define CAP_RW_SIZE	0x08
#define CAP_OUT_SIZE	0x10
#define CAP_ADDRESS	0x18

/* BAR 0. */
#define REG_ID		0x00
#define REG_MAX_PEERS	0x04
#define REG_INT_CONTROL	0x08
#define REG_DOORBELL	0x0c
#define REG_STATE	0x10

#define MSG_SEQUENCE	0
#define MSG_LENGTH	4
#define MSG_TEXT	8

#define MAX_PEERS	12
#define MAX_TEXT	200
#define ANSWER		"heard: "
#define STATE_READY	1

static struct {
	u16 bdf;
	u8 *registers;
	u8 *states, *outputs;	/* state table, first output section */
	u64 out_size;
	u32 id, peers, vectors;
	u32 seen[MAX_PEERS], state[MAX_PEERS];
} ivshmem;

static volatile u32 doorbells;
static u64 poll_ns;

static void handle_irq(unsigned int irq)
{
	if (irq == TIMER_IRQ)
		alarm_set(poll_ns);
	else
		doorbells++;
}

static u64 read_cap64(unsigned int at)
{
	return pci_read_config(ivshmem.bdf, at, 4) |
	       (u64)pci_read_config(ivshmem.bdf, at + 4, 4) << 32;
}

/* Give a BAR an address behind *at; returns that address, or 0 for a BAR that is not there. */
static u64 assign_bar(unsigned int bar, u64 *at)
{
	unsigned int reg = PCI_CFG_BAR + 4 * bar;
	u64 size, address;
	u32 mask;

	pci_write_config(ivshmem.bdf, reg, ~0U, 4);
	mask = pci_read_config(ivshmem.bdf, reg, 4) & ~0xfU;
	if (!mask)
		return 0;
	size = (u32)-mask;
	address = (*at + size - 1) & ~(size - 1);
	*at = address + size;
	pci_write_config(ivshmem.bdf, reg, (u32)address, 4);
	map_range((void *)address, size, MAP_UNCACHED);
	return address;
}

static bool find_sections(void)
{
	int found = pci_find_cap(ivshmem.bdf, PCI_CAP_VENDOR);
	unsigned int cap = (unsigned int)found;
	u64 base, states, shared;

	if (found < 0)
		return false;
	base = read_cap64(cap + CAP_ADDRESS);
	states = pci_read_config(ivshmem.bdf, cap + CAP_STATE_SIZE, 4);
	shared = read_cap64(cap + CAP_RW_SIZE);
	ivshmem.out_size = read_cap64(cap + CAP_OUT_SIZE);
	ivshmem.states = (u8 *)base;
	ivshmem.outputs = (u8 *)(base + states + shared);
	map_range((void *)base, states + shared + ivshmem.peers * ivshmem.out_size, MAP_CACHED);
	printk("ivshmem: state table 0x%llx, read-write section 0x%llx bytes, outputs of 0x%llx\n",
	       base, shared, ivshmem.out_size);
	return ivshmem.out_size > MSG_TEXT + sizeof(ANSWER);
}

/* Without messages there may be a line; it stands for vector 0. */
static void set_line(void)
{
	unsigned int irq = pci_intx_irq(ivshmem.bdf);

	if (irq)
		irq_enable(irq);
	else
		printk("ivshmem: no MSI-X, the window is polled\n");
}

static void set_vectors(void)
{
	int cap = pci_find_cap(ivshmem.bdf, PCI_CAP_MSIX);
	u32 i;

	if (cap < 0) {
		set_line();
		return;
	}
	ivshmem.vectors = (pci_read_config(ivshmem.bdf, (unsigned int)cap + 2, 2) & 0x7ff) + 1;
	for (i = 0; i < ivshmem.vectors && i < MSI_NUM_IRQS; i++) {
		irq_enable(MSI_FIRST_IRQ + i);
		pci_msix_set_vector(ivshmem.bdf, MSI_FIRST_IRQ + i, i);
	}
}

static bool find_device(void)
{
	u64 bars = (u64)cmdline_parse_int("bars", IVSHMEM_BARS);
	int bdf = pci_find_device(IVSHMEM_VENDOR, IVSHMEM_DEVICE, 0);

	if (bdf < 0) {
		printk("ivshmem: no device\n");
		return false;
	}
	ivshmem.bdf = (u16)bdf;
	ivshmem.registers = (u8 *)assign_bar(0, &bars);
	assign_bar(1, &bars);
	pci_write_config(ivshmem.bdf, PCI_CFG_COMMAND, PCI_CMD_MEM | PCI_CMD_MASTER, 2);
	if (!ivshmem.registers)
		return false;
	ivshmem.id = mmio_read32(ivshmem.registers + REG_ID);
	ivshmem.peers = mmio_read32(ivshmem.registers + REG_MAX_PEERS);
	printk("ivshmem: device at %02x:%02x.%x, registers 0x%llx, peer %u of %u\n", bdf >> 8,
	       bdf >> 3 & 0x1f, bdf & 7, (u64)ivshmem.registers, ivshmem.id, ivshmem.peers);
	return ivshmem.peers <= MAX_PEERS && find_sections();
}

static void ring(u32 peer)
{
	mmio_write32(ivshmem.registers + REG_DOORBELL, peer << 16 | (ivshmem.vectors > 1));
}

/* Two pieces of text become one message. */
static void send(u32 peer, const char *first, const char *second, u32 length)
{
	u8 *out = ivshmem.outputs + ivshmem.id * ivshmem.out_size;
	u32 head = (u32)strlen(first);

	memcpy(out + MSG_TEXT, first, head);
	memcpy(out + MSG_TEXT + head, second, length);
	mmio_write32(out + MSG_LENGTH, head + length);
	memory_barrier();
	mmio_write32(out + MSG_SEQUENCE, mmio_read32(out + MSG_SEQUENCE) + 1);
	memory_barrier();
	ring(peer);
}

/* The other side may write at any time: the text is copied before it is looked at. */
static void receive(u32 peer)
{
	u8 *in = ivshmem.outputs + peer * ivshmem.out_size;
	u32 sequence = mmio_read32(in + MSG_SEQUENCE), length, limit = MAX_TEXT;
	char text[MAX_TEXT + 1];

	if (sequence == ivshmem.seen[peer])
		return;
	ivshmem.seen[peer] = sequence;
	memory_barrier();
	if (limit > ivshmem.out_size - MSG_TEXT - sizeof(ANSWER))
		limit = (u32)(ivshmem.out_size - MSG_TEXT - sizeof(ANSWER));
	length = mmio_read32(in + MSG_LENGTH);
	if (length > limit)
		length = limit;
	memcpy(text, in + MSG_TEXT, length);
	text[length] = 0;
	printk("ivshmem: message %u from peer %u: %s\n", sequence, peer, text);
	if (strncmp(text, ANSWER, strlen(ANSWER)))
		send(peer, ANSWER, text, length);
}

static void look_at_peers(void)
{
	u32 peer, state;

	for (peer = 0; peer < ivshmem.peers; peer++) {
		if (peer == ivshmem.id)
			continue;
		state = mmio_read32(ivshmem.states + 4 * peer);
		if (state != ivshmem.state[peer])
			printk("ivshmem: peer %u has state %u\n", peer, state);
		ivshmem.state[peer] = state;
		receive(peer);
	}
}

static void start_timer(void)
{
	poll_ns = (u64)cmdline_parse_int("poll-us", 100000) * NS_PER_USEC;
	irq_enable(TIMER_IRQ);
	alarm_init();
	alarm_set(poll_ns);
}

void inmate_main(void)
{
	static const char greeting[] = "hello from the cell";
	u32 printed = 0;

	if (!find_device())
		stop();
	irq_init(handle_irq);
	set_vectors();
	start_timer();
	mmio_write32(ivshmem.registers + REG_INT_CONTROL, 1);
	mmio_write32(ivshmem.registers + REG_STATE, STATE_READY);
	if (cmdline_parse_bool("greet", true))
		send(ivshmem.id ? 0 : 1, greeting, "", 0);
	while (!comm_shutdown_requested()) {
		look_at_peers();
		wait_for_irq();
		if (doorbells != printed)
			printk("ivshmem: %u doorbells\n", printed = doorbells);
	}
	mmio_write32(ivshmem.registers + REG_STATE, 0);
	printk("ivshmem: stopped\n");
	stop();
}
