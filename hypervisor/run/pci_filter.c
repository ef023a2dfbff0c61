// SPDX-License-Identifier: GPL-2.0
/* What does a cell's access to the config space of a physical function come to? */
#include <base/bits.h>
#include <jailhouse/pci_defs.h>
#include <run/pci_cf8.h>
#include <run/pci_filter.h>

/* Offset of a listed standard capability, 0: none. */
static u16 find_cap(const struct jailhouse_pci_device *device,
		    const struct jailhouse_pci_capability *caps, u16 id)
{
	const struct jailhouse_pci_capability *cap = &caps[device->caps_start];
	unsigned n;

	for (n = 0; n < device->num_caps; n++)
		if (cap[n].id == id && cap[n].start >= PCI_HEADER_END && cap[n].start < 0x100)
			return cap[n].start & 0xfc;
	return 0;
}

void pci_shadow_load(struct pci_shadow *shadow, const struct jailhouse_pci_device *device,
		     const struct jailhouse_pci_capability *caps, const u32 config[64])
{
	unsigned n;

	*shadow = (struct pci_shadow) {
		.msi_cap = find_cap(device, caps, PCI_CAP_ID_MSI),
		.msix_cap = find_cap(device, caps, PCI_CAP_ID_MSIX),
	};
	for (n = 0; n < 6; n++)
		shadow->bar[n] = config[PCI_REG_BAR / 4 + n];
	for (n = 0; n < 4 && shadow->msi_cap && shadow->msi_cap / 4 + n < 64; n++)
		shadow->msi[n] = config[shadow->msi_cap / 4 + n];
}

/* BARs of a device, the first two dwords of that range in a bridge. */
static bool is_bar(const struct jailhouse_pci_device *device, u16 reg)
{
	unsigned bars = device->type == JAILHOUSE_PCI_TYPE_BRIDGE ? 2 : 6;

	return (unsigned)(reg - PCI_REG_BAR) < bars * 4;
}

struct pci_read pci_filter_read_bars(const struct pci_function *function, u16 reg, unsigned width)
{
	const struct jailhouse_pci_device *device = function->device;
	u32 value;

	if (is_bar(device, reg)) {
		value = function->shadow->bar[(reg - PCI_REG_BAR) / 4U] >> (reg & 3) * 8;
		return (struct pci_read) { .value = value & pci_touched(0, width) };
	}
	if ((reg & ~3) == PCI_REG_ROM && device->type == JAILHOUSE_PCI_TYPE_DEVICE)
		return (struct pci_read) { .value = 0 };
	return (struct pci_read) { .mask = 0xffffffffU };
}

void pci_write_add(struct pci_writes *writes, unsigned reg, unsigned width, u32 value)
{
	writes->write[writes->count++] = (struct pci_write) {
		.reg = (u16)reg,
		.width = (u16)width,
		.value = value & pci_touched(0, width),
	};
}

/* Put the bytes of forward (a mask) in force, split by halves: no other is written, even unchanged. */
static void add_writes(struct pci_writes *writes, u16 dword, u32 forward, u32 value)
{
	unsigned half, byte;

	if (forward == 0xffffffffU) {
		pci_write_add(writes, dword, 4, value);
		return;
	}
	for (half = 0; half < 4; half += 2) {
		u32 part = forward >> half * 8 & 0xffff;

		if (part == 0xffff) {
			pci_write_add(writes, dword + half, 2, value >> half * 8);
			continue;
		}
		for (byte = half; byte < half + 2; byte++)
			if ((forward >> byte * 8 & 0xff) == 0xff)
				pci_write_add(writes, dword + byte, 1, value >> byte * 8);
	}
}

/* The message as the MSI capability's dwords spell it (64-bit devices have one dword more). */
static struct msi_message msi_of(const struct jailhouse_pci_device *device, const u32 msi[4])
{
	return (struct msi_message) {
		.address = (device->msi_64bits ? (u64)msi[2] << 32 : 0) | msi[1],
		.data = (device->msi_64bits ? msi[3] : msi[2]) & 0xffff,
	};
}

/* A write to forwarded bits of the MSI capability; the message is judged whenever it is live. */
static enum status msi_write(const struct pci_function *function, u16 dword, u32 forward, u32 value)
{
	struct pci_shadow *shadow = function->shadow;
	u32 next[4] = { shadow->msi[0], shadow->msi[1], shadow->msi[2], shadow->msi[3] };
	unsigned index = (dword - shadow->msi_cap) / 4U;
	enum status why;

	next[index] = (next[index] & ~forward) | (value & forward);
	if (next[0] & PCI_MSI_CONTROL_ENABLE << PCI_MSI_CONTROL * 8) {
		why = msi_check(msi_of(function->device, next), function->cpus);
		if (why)
			return why;
	}
	shadow->msi[index] = next[index];
	return OK;
}

/* Control, address and data; mask and pending bits behind them need no judgement. */
static bool is_message(const struct pci_function *function, u16 dword)
{
	unsigned dwords = function->device->msi_64bits ? 4 : 3;

	return function->shadow->msi_cap &&
	       (unsigned)(dword - function->shadow->msi_cap) < dwords * 4;
}

enum status pci_filter_write(const struct pci_function *function, u16 reg, unsigned width,
			     u32 value, struct pci_writes *writes)
{
	const struct jailhouse_pci_device *device = function->device;
	u16 dword = reg & 0xffc;
	struct pci_masks masks;
	enum status why;
	u32 touched;

	writes->count = 0;
	if (reg >= PCI_CONFIG_END || !pci_access_fits(reg, width))
		return STATUS_PCI_CROSSES;
	if (!pci_function_present(function))
		return STATUS_PCI_UNASSIGNED;
	touched = pci_touched(reg, width);
	value <<= (reg & 3) * 8;
	masks = pci_masks_of(device, function->caps, dword);
	if (is_message(function, dword)) {
		why = msi_write(function, dword, masks.forward & touched, value);
		if (why)
			return why;
	}
	if (masks.shadow & touched) {
		u32 *bar = &function->shadow->bar[(dword - PCI_REG_BAR) / 4U];

		*bar = (*bar & ~(masks.shadow & touched)) | (value & masks.shadow & touched);
	}
	add_writes(writes, dword, masks.forward & touched, value);
	touched &= ~(masks.forward | masks.shadow | masks.silent);
	return touched ? pci_masks_refusal(device, function->caps, dword, touched) : OK;
}
