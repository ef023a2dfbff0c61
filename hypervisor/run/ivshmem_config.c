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
#define IVSHMEM_TABLE_IN_BAR1	0x001U
#define IVSHMEM_PENDING_IN_BAR1	0x101U

void ivshmem_config_fill(struct ivshmem_end *end, const struct jailhouse_pci_device *device,
			 const struct jailhouse_memory *regions)
{
	end->vendor_device = IVSHMEM_VENDOR_DEVICE;
	end->subsystem = IVSHMEM_VENDOR_DEVICE;
	end->status = IVSHMEM_STATUS;
	end->class_code = IVSHMEM_CLASS | (u32)device->shmem_protocol << 8;
	end->capabilities = IVSHMEM_VENDOR_CAP;
	end->vendor_cap = PCI_CAP_ID_VNDR;
	end->vendor_size = IVSHMEM_VENDOR_SIZE;
	end->state_size = (u32)regions[0].size;
	end->rw_size = regions[1].size;
	end->output_size = regions[2].size;
	end->base = regions[0].virt_start;
	if (end->vectors) {
		end->vendor_next = IVSHMEM_MSIX_CAP;
		end->msix_cap = PCI_CAP_ID_MSIX;
		end->msix_table = IVSHMEM_TABLE_IN_BAR1;
		end->msix_pending = IVSHMEM_PENDING_IN_BAR1;
	} else {	/* INTA to INTD by the device number, as a host bridge would swizzle it */
		end->interrupt = (u32)((end->bdf >> 3 & 3) + 1) << 8;
	}
}

void ivshmem_config_reset(struct ivshmem_end *end)
{
	end->one_shot = false;
	end->command = 0;
	end->bar[0] = 0;
	end->bar[1] = 0;
	end->msix_control = end->vectors ? end->vectors - 1 : 0;
}

u32 ivshmem_config_read(const struct ivshmem_end *end, u16 reg, unsigned width)
{
	u32 dword = reg < IVSHMEM_CONFIG_END ? end->config[reg / 4] : 0xffffffffU;

	return dword >> (reg & 3) * 8 & pci_touched(0, width);
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

/* Bits that a write changes. */
static u32 writable_bits(const struct ivshmem_end *end, unsigned dword)
{
	switch (dword) {
	case PCI_REG_COMMAND:
		return IVSHMEM_COMMAND_BITS;
	case PCI_REG_BAR:
		return end->bar_mask[0];
	case PCI_REG_BAR + 4:
		return end->bar_mask[1];
	case IVSHMEM_VENDOR_CAP:
		return IVSHMEM_ONE_SHOT;
	case IVSHMEM_MSIX_CAP:
		return end->vectors ? (MSIX_CAP_ENABLE | MSIX_CAP_MASK_ALL) << 16 : 0;
	}
	return 0;
}

enum status ivshmem_config_write(struct ivshmem *ivshmem, struct ivshmem_end *end, u16 reg,
				 unsigned width, u32 value, struct ivshmem_effect *effect)
{
	unsigned dword = reg & ~3U;
	u32 touched = pci_touched(reg, width), bits = touched & writable_bits(end, dword);

	*effect = (struct ivshmem_effect) { .wake = 0 };
	value <<= (reg & 3) * 8;
	if (bits)
		end->config[dword / 4] = (end->config[dword / 4] & ~bits) | (value & bits);
	ivshmem_gates_changed(ivshmem, end, effect);
	return touched & refused_bits(dword) ? STATUS_IVSHMEM_REGISTER : OK;
}
