// SPDX-License-Identifier: GPL-2.0
/* Config space of the shared-memory device: header, vendor capability, MSI-X capability. */
#include <base/bits.h>
#include <jailhouse/pci_defs.h>
#include <run/ivshmem.h>
#include <run/pci_masks.h>

#define IVSHMEM_VENDOR_DEVICE	0x4106110aU
#define IVSHMEM_CLASS		0xff000000U	/* the protocol fills the other bytes */
#define IVSHMEM_STATUS		0x0010U		/* has a capability list */
#define IVSHMEM_COMMAND_BITS	(PCI_CMD_MEMORY | PCI_CMD_MASTER | PCI_CMD_INTX_OFF)
#define IVSHMEM_VENDOR_CAP	0x40U
#define IVSHMEM_VENDOR_SIZE	0x20U
#define IVSHMEM_ONE_SHOT	0x01000000U	/* bit 0 of the privileged control byte */
#define IVSHMEM_MSIX_CAP	0x60U
#define IVSHMEM_CONFIG_END	0x80U
#define IVSHMEM_TABLE_IN_BAR1	0x001U
#define IVSHMEM_PENDING_IN_BAR1	0x101U

/* INTA to INTD by the device number, as a host bridge would swizzle it. */
static u32 interrupt_pin(const struct ivshmem_end *end)
{
	return end->vectors ? 0 : (u32)((end->bdf >> 3 & 3) + 1) << 8;
}

static u32 vendor_cap(const struct ivshmem_end *end)
{
	u32 next = end->vectors ? IVSHMEM_MSIX_CAP : 0;

	return PCI_CAP_ID_VNDR | next << 8 | IVSHMEM_VENDOR_SIZE << 16 |
	       (end->one_shot ? IVSHMEM_ONE_SHOT : 0);
}

static u32 msix_cap(const struct ivshmem_end *end)
{
	return PCI_CAP_ID_MSIX | (u32)(end->msix_control | (end->vectors - 1)) << 16;
}

static u32 config_dword(const struct ivshmem_end *end, unsigned dword)
{
	switch (dword) {
	case 0x00: return IVSHMEM_VENDOR_DEVICE;
	case PCI_REG_COMMAND: return end->command | IVSHMEM_STATUS << 16;
	case 0x08: return IVSHMEM_CLASS | (u32)end->protocol << 8;
	case PCI_REG_BAR: return end->bar[0];
	case PCI_REG_BAR + 4: return end->bar[1];
	case 0x2c: return IVSHMEM_VENDOR_DEVICE;	/* subsystem */
	case 0x34: return IVSHMEM_VENDOR_CAP;
	case PCI_REG_INTERRUPT: return interrupt_pin(end);
	case IVSHMEM_VENDOR_CAP: return vendor_cap(end);
	case IVSHMEM_VENDOR_CAP + 0x04: return end->state_size;
	case IVSHMEM_VENDOR_CAP + 0x08: return (u32)end->rw_size;
	case IVSHMEM_VENDOR_CAP + 0x0c: return (u32)(end->rw_size >> 32);
	case IVSHMEM_VENDOR_CAP + 0x10: return (u32)end->output_size;
	case IVSHMEM_VENDOR_CAP + 0x14: return (u32)(end->output_size >> 32);
	case IVSHMEM_VENDOR_CAP + 0x18: return (u32)end->base;
	case IVSHMEM_VENDOR_CAP + 0x1c: return (u32)(end->base >> 32);
	case IVSHMEM_MSIX_CAP: return end->vectors ? msix_cap(end) : 0;
	case IVSHMEM_MSIX_CAP + 4: return end->vectors ? IVSHMEM_TABLE_IN_BAR1 : 0;
	case IVSHMEM_MSIX_CAP + 8: return end->vectors ? IVSHMEM_PENDING_IN_BAR1 : 0;
	default: return dword < IVSHMEM_CONFIG_END ? 0 : 0xffffffffU;
	}
}

u32 ivshmem_config_read(const struct ivshmem_end *end, u16 reg, unsigned width)
{
	return config_dword(end, reg & ~3U) >> (reg & 3) * 8 & pci_touched(0, width);
}

/* Bits of the header whose write is a mistake worth stopping for. */
static u32 refused_bits(unsigned dword)
{
	switch (dword) {
	case PCI_REG_COMMAND:
	case PCI_REG_CACHE_LINE:
	case PCI_REG_ROM:
		return 0;
	case PCI_REG_INTERRUPT:
		return 0xffffff00U;
	default:
		if (dword >= PCI_REG_BAR && dword < PCI_REG_BAR_END)
			return 0;
		return dword < PCI_HEADER_END || dword >= IVSHMEM_CONFIG_END ? 0xffffffffU : 0;
	}
}

static u32 merge(u32 old, u32 bits, u32 value)
{
	return (old & ~bits) | (value & bits);
}

enum status ivshmem_config_write(struct ivshmem *ivshmem, struct ivshmem_end *end, u16 reg,
				 unsigned width, u32 value, struct ivshmem_effect *effect)
{
	unsigned dword = reg & ~3U;
	u32 touched = pci_touched(reg, width);

	*effect = (struct ivshmem_effect) { .wake = 0 };
	value <<= (reg & 3) * 8;
	switch (dword) {
	case PCI_REG_COMMAND:
		end->command = (u16)merge(end->command, touched & IVSHMEM_COMMAND_BITS, value);
		break;
	case PCI_REG_BAR:
	case PCI_REG_BAR + 4: {
		unsigned bar = (dword - PCI_REG_BAR) / 4;

		end->bar[bar] = merge(end->bar[bar], touched & end->bar_mask[bar], value);
		break;
	}
	case IVSHMEM_VENDOR_CAP:
		if (touched & IVSHMEM_ONE_SHOT)
			end->one_shot = value & IVSHMEM_ONE_SHOT;
		break;
	case IVSHMEM_MSIX_CAP:
		if (end->vectors)
			end->msix_control = (u16)merge(end->msix_control,
				touched >> 16 & (MSIX_CAP_ENABLE | MSIX_CAP_MASK_ALL), value >> 16);
		break;
	}
	ivshmem_gates_changed(ivshmem, end, effect);
	return touched & refused_bits(dword) ? STATUS_IVSHMEM_REGISTER : OK;
}
