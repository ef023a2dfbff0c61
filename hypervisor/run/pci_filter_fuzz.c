// SPDX-License-Identifier: GPL-2.0
/*
 * Any device description, any sequence of accesses. After each one, checked on a model of the
 * hardware: only bytes that the description forwards were written, no BAR ever, and MSI is never
 * live with a message to a foreign CPU.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/pci_defs.h>
#include <run/pci_cf8.h>
#include <run/pci_filter.h>

#define MAX_CAPS 6

struct fuzz_input {
	u8 type, num_caps, flags, apic;
	u32 bar_mask[6];
	struct jailhouse_pci_capability caps[MAX_CAPS];
} __attribute__((packed));

struct fuzz_access {
	u16 reg;
	u8 width, write;
	u32 value;
} __attribute__((packed));

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static bool byte_may_be_written(const struct jailhouse_pci_device *device,
				const struct jailhouse_pci_capability *caps, unsigned reg)
{
	unsigned n;

	if (reg < 0x40)
		return (reg >= 4 && reg < 8) || (reg >= 0xc && reg < 0x10) || reg == 0x3c ||
		       (device->type == JAILHOUSE_PCI_TYPE_BRIDGE && reg >= 0x3e);
	for (n = 0; n < device->num_caps; n++)
		if ((caps[n].flags & JAILHOUSE_PCICAPS_WRITE) && reg >= caps[n].start &&
		    reg < (unsigned)caps[n].start + caps[n].len)
			return true;
	return false;
}

static void check_message(const struct pci_function *function, const u8 *hardware)
{
	const struct jailhouse_pci_device *device = function->device;
	struct msi_message message = { 0, 0 };
	unsigned cap = function->shadow->msi_cap;

	if (!cap || !(hardware[cap + 2] & 1))
		return;
	memcpy(&message.address, &hardware[cap + 4], device->msi_64bits ? 8 : 4);
	memcpy(&message.data, &hardware[cap + (device->msi_64bits ? 12 : 8)], 2);
	demand(msi_check(message, function->cpus) == OK);
}

static void access_once(const struct pci_function *function, u8 *hardware,
			const struct fuzz_access *access)
{
	struct pci_writes writes;
	unsigned n, byte;

	if (!access->write) {
		struct pci_read read;

		if (!pci_access_fits(access->reg, access->width))
			return;
		read = pci_filter_read(function, access->reg, access->width);
		demand((read.value & read.mask) == 0);
		demand(!read.mask || access->reg < 0x10 || access->reg >= 0x18);
		demand(!(read.value & ~pci_touched(0, access->width)));
		return;
	}
	(void)!pci_filter_write(function, access->reg, access->width, access->value, &writes);
	demand(writes.count <= 3);
	for (n = 0; n < writes.count; n++) {
		const struct pci_write *w = &writes.write[n];

		demand(w->reg % w->width == 0 && w->reg >= access->reg);
		demand(w->reg + w->width <= access->reg + access->width);
		for (byte = 0; byte < w->width; byte++)
			demand(byte_may_be_written(function->device, function->caps,
						   w->reg + byte));
		demand(w->value == (access->value >> (w->reg - access->reg) * 8 &
				    pci_touched(0, w->width)));
		memcpy(&hardware[w->reg], &w->value, w->width);
	}
	check_message(function, hardware);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static u8 hardware[PCI_CONFIG_END + 16];
	struct jailhouse_pci_device device = { .type = 0 };
	struct pci_shadow shadow;
	struct msi_cpus cpus = { .flat = 0 };
	struct pci_function function = { &device, NULL, &shadow, &cpus };
	struct fuzz_access access;
	struct fuzz_input input;
	u32 config[64] = { 0 };

	if (size < sizeof(input))
		return 0;
	memcpy(&input, data, sizeof(input));
	device.type = (input.type & 1) ? JAILHOUSE_PCI_TYPE_DEVICE : JAILHOUSE_PCI_TYPE_BRIDGE;
	device.num_caps = input.num_caps % (MAX_CAPS + 1);
	device.msi_64bits = input.flags & 1;
	memcpy(device.bar_mask, input.bar_mask, sizeof(input.bar_mask));
	cpus.apic_ids[input.apic / 8] = (u8)(1 << input.apic % 8);
	cpus.flat = input.flags & 0xf0;
	function.caps = input.caps;
	memset(hardware, 0, sizeof(hardware));
	pci_shadow_load(&shadow, &device, input.caps, config);
	for (data += sizeof(input), size -= sizeof(input); size >= sizeof(access);
	     data += sizeof(access), size -= sizeof(access)) {
		memcpy(&access, data, sizeof(access));
		access.reg &= 0x11ff;
		access_once(&function, hardware, &access);
	}
	return 0;
}
