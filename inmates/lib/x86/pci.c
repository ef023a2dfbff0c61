// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* PCI configuration space through the two classic ports. */
#include <inmate.h>

#define PCI_ADDRESS_PORT	0xcf8
#define PCI_DATA_PORT		0xcfc
#define PCI_ADDRESS_ENABLE	(1U << 31)

static u16 select_register(u16 bdf, unsigned int addr)
{
	outl(PCI_ADDRESS_ENABLE | (u32)bdf << 8 | (addr & 0xfc), PCI_ADDRESS_PORT);
	return (u16)(PCI_DATA_PORT + (addr & 3));
}

void pci_init(void)
{
}

u32 pci_read_config(u16 bdf, unsigned int addr, unsigned int size)
{
	u16 port = select_register(bdf, addr);

	switch (size) {
	case 1:
		return inb(port);
	case 2:
		return inw(port);
	case 4:
		return inl(port);
	}
	return ~0U;
}

void pci_write_config(u16 bdf, unsigned int addr, u32 value, unsigned int size)
{
	u16 port = select_register(bdf, addr);

	switch (size) {
	case 1:
		outb((u8)value, port);
		break;
	case 2:
		outw((u16)value, port);
		break;
	case 4:
		outl(value, port);
		break;
	}
}
