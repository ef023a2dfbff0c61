// SPDX-License-Identifier: GPL-2.0
/* What a cell may do to each bit of one dword of a function's config space. */
#include <run/pci_masks.h>

#define ALL 0xffffffffU

enum { READ_ONLY, WRITABLE, BAR, LOST, IO_WINDOW, NOTE, BRIDGE_NOTE };

static const struct pci_masks kinds[] = {
	[WRITABLE] = { .forward = ALL },
	[BAR] = { .shadow = ALL },			/* size exploration only */
	[LOST] = { .silent = ALL },
	[IO_WINDOW] = { .silent = 0x0000ffff },		/* not the secondary status */
	[NOTE] = { .forward = 0x000000ff },		/* interrupt line, a note to software */
	[BRIDGE_NOTE] = { .forward = 0xffff00ff },	/* interrupt line, bridge control */
};

/* By device type and dword of the header; what is not listed is read-only. */
static const u8 pci_header[][PCI_HEADER_END / 4] = {
	[JAILHOUSE_PCI_TYPE_DEVICE] = {
		[0x04 / 4] = WRITABLE,		/* command, status */
		[0x0c / 4] = WRITABLE,		/* cache line, latency, self test */
		[0x10 / 4 ... 0x24 / 4] = BAR,
		[0x30 / 4] = LOST,		/* expansion ROM */
		[0x3c / 4] = NOTE,
	},
	[JAILHOUSE_PCI_TYPE_BRIDGE] = {
		[0x04 / 4] = WRITABLE,
		[0x0c / 4] = WRITABLE,
		[0x10 / 4 ... 0x14 / 4] = BAR,
		[0x1c / 4] = IO_WINDOW,
		[0x20 / 4] = LOST,		/* memory window */
		[0x24 / 4 ... 0x2c / 4] = LOST,	/* prefetchable window, upper halves */
		[0x30 / 4] = LOST,		/* I/O window, upper halves */
		[0x38 / 4] = LOST,		/* expansion ROM */
		[0x3c / 4] = BRIDGE_NOTE,
	},
};

/* Only the bits that the config calls writable stick in a BAR; writes to the others are lost. */
static struct pci_masks masks_of_header(const struct jailhouse_pci_device *device, u16 dword)
{
	struct pci_masks masks = kinds[pci_header[device->type][dword / 4]];
	u32 writable;

	if (masks.shadow) {
		writable = device->bar_mask[(dword - PCI_REG_BAR) / 4U];
		masks.silent = masks.shadow & ~writable;
		masks.shadow &= writable;
	}
	return masks;
}

/* The bits of dword that lie inside [start, start + len). */
static u32 cap_bits(const struct jailhouse_pci_capability *cap, u16 dword)
{
	u32 start = cap->start, end = start + cap->len;
	u32 first = start > dword ? start - dword : 0;
	u32 behind = end < dword + 4U ? end - dword : 4;

	if (start >= dword + 4U || end <= dword || start == end)
		return 0;
	return ALL >> (32 - 8 * (behind - first)) << 8 * first;
}

/* Bits of dword in listed capabilities whose flags contain all of flags. */
static u32 listed_bits(const struct jailhouse_pci_device *device,
		       const struct jailhouse_pci_capability *caps, u16 dword, u16 flags)
{
	u32 bits = 0;
	unsigned n;

	for (n = 0; n < device->num_caps; n++) {
		const struct jailhouse_pci_capability *cap = &caps[device->caps_start + n];

		if ((cap->flags & flags) == flags)
			bits |= cap_bits(cap, dword);
	}
	return bits;
}

struct pci_masks pci_masks_of(const struct jailhouse_pci_device *device,
			      const struct jailhouse_pci_capability *caps, u16 dword)
{
	if (dword < PCI_HEADER_END)
		return masks_of_header(device, dword);
	return (struct pci_masks) {
		.forward = listed_bits(device, caps, dword, JAILHOUSE_PCICAPS_WRITE),
	};
}

enum status pci_masks_refusal(const struct jailhouse_pci_device *device,
			      const struct jailhouse_pci_capability *caps, u16 dword,
			      u32 refused)
{
	if (dword < PCI_HEADER_END)
		return STATUS_PCI_HEADER;
	if (refused & listed_bits(device, caps, dword, 0))
		return STATUS_PCI_CAP_READ_ONLY;
	return STATUS_PCI_UNLISTED;
}
