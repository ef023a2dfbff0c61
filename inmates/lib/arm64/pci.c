// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * PCI configuration space in memory: the first bus of the window that the communication page names,
 * or ecam=ADDRESS. A hypervisor may show one function of that and nothing around it.
 */
#include <inmate.h>

#define BUS_SIZE	0x100000

static u8 *window;

void pci_init(void)
{
	if (window)
		return;
	window = (u8 *)cmdline_parse_int("ecam", (long long)comm_region->pci_mmconfig_base);
	if (window)
		map_range(window, BUS_SIZE, MAP_UNCACHED);
}

static u8 *find_register(u16 bdf, unsigned int addr)
{
	pci_init();
	return bdf >> 8 || !window ? NULL : window + ((u64)bdf << 12) + addr;
}

u32 pci_read_config(u16 bdf, unsigned int addr, unsigned int size)
{
	u8 *at = find_register(bdf, addr);

	switch (at ? size : 0) {
	case 1:
		return mmio_read8(at);
	case 2:
		return mmio_read16(at);
	case 4:
		return mmio_read32(at);
	}
	return ~0U;
}

void pci_write_config(u16 bdf, unsigned int addr, u32 value, unsigned int size)
{
	u8 *at = find_register(bdf, addr);

	switch (at ? size : 0) {
	case 1:
		mmio_write8(at, (u8)value);
		break;
	case 2:
		mmio_write16(at, (u16)value);
		break;
	case 4:
		mmio_write32(at, value);
		break;
	}
}
