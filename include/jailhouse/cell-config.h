/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The two config blobs, revision 14: a cell is a descriptor and its arrays back to back (CPU set,
 * memory, caches, irqchips, ports, PCI devices, PCI capabilities, stream ids); a system is a header
 * that ends in the descriptor of the root cell, with the root cell's arrays behind it. All numbers
 * are little endian, nothing is padded. extension.h may add one block at the end.
 */
#ifndef _JAILHOUSE_CELL_CONFIG_H
#define _JAILHOUSE_CELL_CONFIG_H

#include <jailhouse/types.h>
#include <jailhouse/console.h>
#include <jailhouse/pci_defs.h>

#ifdef __KERNEL__
#include <linux/kernel.h>	/* ARRAY_SIZE */
#endif

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#endif

#define JAILHOUSE_X86				0
#define JAILHOUSE_ARM				1
#define JAILHOUSE_ARM64				2

#define JAILHOUSE_CONFIG_REVISION		14

#define JAILHOUSE_CELL_NAME_MAXLEN		31

/* Flags of a cell. */
#define JAILHOUSE_CELL_PASSIVE_COMMREG		0x00000001	/* gets no messages, cannot veto */
#define JAILHOUSE_CELL_TEST_DEVICE		0x00000002	/* no effect: there is no test device */
#define JAILHOUSE_CELL_AARCH32			0x00000004	/* arm64: CPUs start in 32-bit mode; refused */
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED 0x40000000
#define JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE	0x80000000	/* implies PERMITTED */

#define CELL_FLAGS_VIRTUAL_CONSOLE_PERMITTED(flags) \
	(!!((flags) & JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED))
#define CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(flags) \
	(!!((flags) & JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE))

#define JAILHOUSE_CELL_DESC_SIGNATURE		"JHCLL"		/* 5 characters, no NUL */
#define JAILHOUSE_SYSTEM_SIGNATURE		"JHSYS"

/* Flags of a memory region. */
#define JAILHOUSE_MEM_READ			0x0001
#define JAILHOUSE_MEM_WRITE			0x0002
#define JAILHOUSE_MEM_EXECUTE			0x0004
#define JAILHOUSE_MEM_DMA			0x0008	/* devices of the cell reach it, too */
#define JAILHOUSE_MEM_IO			0x0010	/* device memory */
#define JAILHOUSE_MEM_COMM_REGION		0x0020	/* the cell's communication page */
#define JAILHOUSE_MEM_LOADABLE			0x0040	/* root may fill it before the start */
#define JAILHOUSE_MEM_ROOTSHARED		0x0080	/* root keeps its access */
#define JAILHOUSE_MEM_NO_HUGEPAGES		0x0100	/* 4 KiB leaves only */
#define JAILHOUSE_MEM_IO_UNALIGNED		0x8000	/* sub-page: any alignment */
#define JAILHOUSE_MEM_IO_WIDTH_SHIFT		16	/* sub-page: bit = width in bytes << 16 */
#define JAILHOUSE_MEM_IO_8			(1 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)
#define JAILHOUSE_MEM_IO_16			(2 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)
#define JAILHOUSE_MEM_IO_32			(4 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)
#define JAILHOUSE_MEM_IO_64			(8 << JAILHOUSE_MEM_IO_WIDTH_SHIFT)

#define JAILHOUSE_MEMORY_IS_SUBPAGE(mem)	\
	((((mem)->virt_start | (mem)->size) & 0xfff) != 0)

#define JAILHOUSE_CACHE_L3_CODE			0x01
#define JAILHOUSE_CACHE_L3_DATA			0x02
#define JAILHOUSE_CACHE_L3			(JAILHOUSE_CACHE_L3_CODE | JAILHOUSE_CACHE_L3_DATA)
#define JAILHOUSE_CACHE_ROOTSHARED		0x0001

#define JAILHOUSE_PCI_TYPE_DEVICE		0x01
#define JAILHOUSE_PCI_TYPE_BRIDGE		0x02
#define JAILHOUSE_PCI_TYPE_IVSHMEM		0x03

#define JAILHOUSE_PCI_EXT_CAP			0x8000	/* in the id: an extended capability */
#define JAILHOUSE_PCICAPS_WRITE			0x0001

/* What a shared-memory device carries. */
#define JAILHOUSE_SHMEM_PROTO_UNDEFINED		0x0000
#define JAILHOUSE_SHMEM_PROTO_VETH		0x0001
#define JAILHOUSE_SHMEM_PROTO_CUSTOM		0x4000	/* to 0x7fff */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT	0x8000	/* to 0xbfff: plus the device's number */
#define JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK	0xc000	/* to 0xffff: likewise */

#define VIRTIO_DEV_NET				1
#define VIRTIO_DEV_BLOCK			2
#define VIRTIO_DEV_CONSOLE			3

/* bar_mask of a shared-memory device: registers in BAR 0, the MSI-X table in BAR 1. */
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX		{ 0xfffff000, 0, 0, 0, 0, 0, }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX		{ 0xfffff000, 0xfffff000, 0, 0, 0, 0, }
#define JAILHOUSE_IVSHMEM_BAR_MASK_INTX_64K	{ 0xffff0000, 0, 0, 0, 0, 0, }
#define JAILHOUSE_IVSHMEM_BAR_MASK_MSIX_64K	{ 0xffff0000, 0xffff0000, 0, 0, 0, 0, }

#define JAILHOUSE_MAX_IOMMU_UNITS		8
#define JAILHOUSE_IOMMU_AMD			1
#define JAILHOUSE_IOMMU_INTEL			2
#define JAILHOUSE_IOMMU_SMMUV3			3
#define JAILHOUSE_IOMMU_PVU			4
#define JAILHOUSE_IOMMU_ARM_MMU500		5

#define JAILHOUSE_APIC_MODE_AUTO		0
#define JAILHOUSE_APIC_MODE_XAPIC		1
#define JAILHOUSE_APIC_MODE_X2APIC		2

#define JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE	0x0001	/* root may read the virtual console */

#define SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(flags) \
	(!!((flags) & JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE))

#define PIO_RANGE(first_port, count)	{ .base = first_port, .length = count, }

/*
 * Four memory regions of a two-peer network link in 0xff000 bytes from base on: state table, no
 * read-write section, and one output section per peer, writable for the peer whose id it has.
 */
#define JAILHOUSE_SHMEM_NET_SECTION(first, bytes, more)				\
	{									\
		.phys_start = first,						\
		.virt_start = first,						\
		.size = bytes,							\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED | (more),\
	}
#define JAILHOUSE_SHMEM_NET_REGIONS(base, id)					\
	JAILHOUSE_SHMEM_NET_SECTION((base), 0x1000, 0),				\
	{ 0 },									\
	JAILHOUSE_SHMEM_NET_SECTION((base) + 0x1000, 0x7f000,			\
				    (id) == 0 ? JAILHOUSE_MEM_WRITE : 0),	\
	JAILHOUSE_SHMEM_NET_SECTION((base) + 0x80000, 0x7f000,			\
				    (id) == 1 ? JAILHOUSE_MEM_WRITE : 0)
#define SHMEM_NET_REGIONS(base, id)		JAILHOUSE_SHMEM_NET_REGIONS(base, id)

#ifndef __ASSEMBLY__

struct jailhouse_cell_desc {
	char signature[5];	/* the root cell's three first fields are ignored */
	__u8 architecture;
	__u16 revision;
	char name[JAILHOUSE_CELL_NAME_MAXLEN + 1];
	__u32 id;		/* given by the driver */
	__u32 flags;		/* JAILHOUSE_CELL_* */
	__u32 cpu_set_size;	/* bytes */
	__u32 num_memory_regions;
	__u32 num_cache_regions;
	__u32 num_irqchips;
	__u32 num_pio_regions;
	__u32 num_pci_devices;
	__u32 num_pci_caps;
	__u32 num_stream_ids;
	__u32 vpci_irq_base;	/* ARM: SPI number - 32 of INTA of the virtual host bridge */
	__u64 cpu_reset_address;
	__u64 msg_reply_timeout;	/* polls to wait for a reply; 0: as many as there can be */
	struct jailhouse_console console;
} __attribute__((packed));

struct jailhouse_memory {
	__u64 phys_start;
	__u64 virt_start;	/* guest physical */
	__u64 size;
	__u64 flags;		/* JAILHOUSE_MEM_* */
} __attribute__((packed));

struct jailhouse_cache {
	__u32 start;		/* first bit of the capacity mask */
	__u32 size;		/* bits */
	__u8 type;		/* JAILHOUSE_CACHE_L3 */
	__u8 padding;
	__u16 flags;
} __attribute__((packed));

struct jailhouse_irqchip {
	__u64 address;
	__u32 id;		/* x86: requester id in the low half, IOMMU unit in the high half */
	__u32 pin_base;
	__u32 pin_bitmap[4];
} __attribute__((packed));

struct jailhouse_pio {
	__u16 base;
	__u16 length;
} __attribute__((packed));

struct jailhouse_pci_device {
	__u8 type;		/* JAILHOUSE_PCI_TYPE_* */
	__u8 iommu;		/* index of the unit that covers it */
	__u16 domain;
	__u16 bdf;		/* bus << 8 | device << 3 | function */
	__u32 bar_mask[6];	/* bits of each BAR that can be written */
	__u16 caps_start;	/* its slice of the capability array */
	__u16 num_caps;
	__u8 num_msi_vectors;
	__u8 msi_64bits:1;
	__u8 msi_maskable:1;
	__u16 num_msix_vectors;	/* IVSHMEM: 0 selects INTx */
	__u16 msix_region_size;	/* bytes */
	__u64 msix_address;	/* physical */
	__u32 shmem_regions_start;	/* IVSHMEM: its slice of the memory array */
	__u8 shmem_dev_id;
	__u8 shmem_peers;
	__u16 shmem_protocol;	/* JAILHOUSE_SHMEM_PROTO_* */
} __attribute__((packed));

struct jailhouse_pci_capability {
	__u16 id;
	__u16 start;		/* offset in config space */
	__u16 len;
	__u16 flags;
} __attribute__((packed));

union jailhouse_stream_id {
	__u32 id;
	struct {
		__u16 id;
		__u16 mask_out;	/* bits of id that do not matter */
	} __attribute__((packed)) mmu500;
} __attribute__((packed));

struct jailhouse_iommu {
	__u32 type;		/* JAILHOUSE_IOMMU_* */
	__u64 base;		/* physical; 0 ends the list */
	__u32 size;		/* bytes of registers */
	union {
		struct {
			__u16 bdf;	/* the unit's own PCI function */
			__u8 base_cap;	/* offsets of its capabilities */
			__u8 msi_cap;
			__u32 features;
		} __attribute__((packed)) amd;
		struct {
			__u64 tlb_base;
			__u32 tlb_size;
		} __attribute__((packed)) tipvu;
	};
} __attribute__((packed));

struct jailhouse_system {
	char signature[5];
	__u8 architecture;
	__u16 revision;
	__u32 flags;		/* JAILHOUSE_SYS_* */
	struct jailhouse_memory hypervisor_memory;	/* only phys_start and size count */
	struct jailhouse_console debug_console;
	struct {
		__u64 pci_mmconfig_base;	/* 0: none */
		__u8 pci_mmconfig_end_bus;
		__u8 pci_is_virtual;		/* there is no host bridge but the hypervisor's */
		__u16 pci_domain;		/* 0xffff: as Linux likes */
		struct jailhouse_iommu iommu_units[JAILHOUSE_MAX_IOMMU_UNITS];
		union {
			struct {
				__u16 pm_timer_address;		/* port */
				__u8 apic_mode;
				__u8 padding;
				__u32 vtd_interrupt_limit;	/* entries */
				__u32 tsc_khz;			/* 0: the driver knows */
				__u32 apic_khz;
			} __attribute__((packed)) x86;
			struct {
				u8 maintenance_irq;
				u8 gic_version;
				u8 padding[2];
				u64 gicd_base;
				u64 gicc_base;
				u64 gich_base;
				u64 gicv_base;
				u64 gicr_base;
			} __attribute__((packed)) arm;
		} __attribute__((packed));
	} __attribute__((packed)) platform_info;
	struct jailhouse_cell_desc root_cell;
} __attribute__((packed));

#include <jailhouse/cell-config-layout.h>

#endif /* __ASSEMBLY__ */

#endif
