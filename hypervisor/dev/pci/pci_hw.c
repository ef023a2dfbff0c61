// SPDX-License-Identifier: GPL-2.0
/* Config space of the hardware, by memory window or by ports. */
#include <dev/pci/pci_hw.h>
#include <port/mmio.h>
#include <port/pio.h>
#include <run/pci_cf8.h>

static bool in_window(const struct pci_hw *hw, u16 bdf)
{
	return hw->ecam && (u32)bdf >> 8 < hw->buses;
}

static u32 window_read(volatile const u8 *address, unsigned width)
{
	switch (width) {
	case 1: return port_mmio_read8(address);
	case 2: return port_mmio_read16(address);
	default: return port_mmio_read32(address);
	}
}

static u32 ports_read(u16 bdf, u16 reg, unsigned width)
{
	u16 port = PCI_DATA_PORT + (reg & 3);

	port_out32(PCI_LATCH_PORT, pci_cf8_latch(bdf, reg));
	switch (width) {
	case 1: return port_in8(port);
	case 2: return port_in16(port);
	default: return port_in32(port);
	}
}

u32 pci_hw_read(const struct pci_hw *hw, u16 bdf, u16 reg, unsigned width)
{
	if ((reg & 1) && width == 2)
		return pci_hw_read(hw, bdf, reg & 0xffc, 4) >> (reg & 3) * 8 & 0xffff;
	if (in_window(hw, bdf))
		return window_read(hw->ecam + ((u64)bdf << 12 | reg), width);
	if (reg < 256)
		return ports_read(bdf, reg, width);
	return 0xffffffffU >> (32 - 8 * width);
}

static void window_write(volatile u8 *address, unsigned width, u32 value)
{
	switch (width) {
	case 1: return port_mmio_write8(address, (u8)value);
	case 2: return port_mmio_write16(address, (u16)value);
	default: return port_mmio_write32(address, value);
	}
}

static void ports_write(u16 bdf, u16 reg, unsigned width, u32 value)
{
	u16 port = PCI_DATA_PORT + (reg & 3);

	port_out32(PCI_LATCH_PORT, pci_cf8_latch(bdf, reg));
	switch (width) {
	case 1: return port_out8(port, (u8)value);
	case 2: return port_out16(port, (u16)value);
	default: return port_out32(port, value);
	}
}

void pci_hw_write(const struct pci_hw *hw, u16 bdf, u16 reg, unsigned width, u32 value)
{
	if (in_window(hw, bdf))
		window_write(hw->ecam + ((u64)bdf << 12 | reg), width, value);
	else if (reg < 256)
		ports_write(bdf, reg, width, value);
}
