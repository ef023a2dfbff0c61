// SPDX-License-Identifier: GPL-2.0
/*
 * A shared-memory device (ivshmem, protocol version 2) for programs: its registers and sections as
 * UIO maps, its doorbells as UIO events. Works in the root cell and in a Linux cell alike.
 *
 *   base -> state table | read-write section | output section of peer 0 | of peer 1 | ...
 *
 * Interrupts are one-shot: each switches itself off, writing 1 to the UIO file (or to INT_CONTROL)
 * makes the device ready for the next.
 */
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/uio_driver.h>

#include "compat.h"

#define IVSHMEM_DEVICE_ID		0x4106
#define IVSHMEM_CLASS			0xff0000	/* protocol "undefined"; others by new_id */
#define IVSHMEM_VECTORS			16

/* Registers in BAR 0. */
#define IVSHMEM_ID_REG			0x00
#define IVSHMEM_MAX_PEERS_REG		0x04
#define IVSHMEM_INT_CONTROL_REG		0x08
#define IVSHMEM_STATE_REG		0x10

/* Vendor capability. */
#define IVSHMEM_CAP_LENGTH		0x02
#define IVSHMEM_CAP_PRIVILEGED		0x03
#define IVSHMEM_CAP_PRIVILEGED_ONE_SHOT	0x01
#define IVSHMEM_CAP_STATE_SIZE		0x04
#define IVSHMEM_CAP_RW_SIZE		0x08
#define IVSHMEM_CAP_OUTPUT_SIZE		0x10
#define IVSHMEM_CAP_BASE		0x18
#define IVSHMEM_CAP_SIZE		0x20

struct ivshmem {
	struct uio_info uio;
	struct pci_dev *dev;
	void __iomem *registers;
	struct list_head openings;	/* changed under UIO's lock, or when UIO is gone */
	int vectors;
	unsigned int maps;
};

/* One for each file that is open. All its maps are those of the inode, whoever has them. */
struct opening {
	struct list_head entry;		/* in ivshmem.openings */
	struct inode *inode;
};

struct sections {
	u64 base, state_size, rw_size, output_size;
};

static u64 read_config_u64(struct pci_dev *dev, int offset)
{
	u32 low, high;

	pci_read_config_dword(dev, offset, &low);
	pci_read_config_dword(dev, offset + 4, &high);
	return low | (u64)high << 32;
}

/* Where the sections are, and one-shot mode on; -ENODEV: not a device of this kind. */
static int ivshmem_read_capability(struct pci_dev *dev, struct sections *sections)
{
	int cap = pci_find_capability(dev, PCI_CAP_ID_VNDR);
	u32 state_size;
	u8 length = 0;

	if (cap)
		pci_read_config_byte(dev, cap + IVSHMEM_CAP_LENGTH, &length);
	if (length < IVSHMEM_CAP_SIZE) {
		pci_err(dev, "no vendor capability of %u bytes (found %u)\n", IVSHMEM_CAP_SIZE, length);
		return -ENODEV;
	}
	pci_read_config_dword(dev, cap + IVSHMEM_CAP_STATE_SIZE, &state_size);
	sections->state_size = state_size;
	sections->rw_size = read_config_u64(dev, cap + IVSHMEM_CAP_RW_SIZE);
	sections->output_size = read_config_u64(dev, cap + IVSHMEM_CAP_OUTPUT_SIZE);
	sections->base = read_config_u64(dev, cap + IVSHMEM_CAP_BASE);
	pci_write_config_byte(dev, cap + IVSHMEM_CAP_PRIVILEGED, IVSHMEM_CAP_PRIVILEGED_ONE_SHOT);
	return 0;
}

/* One more map, unless it is empty: an empty one would end the list. */
static void ivshmem_map(struct ivshmem *ivshmem, const char *name, int type, u64 start, u64 size)
{
	struct uio_mem *map = &ivshmem->uio.mem[ivshmem->maps];

	if (!size)
		return;
	map->name = name;
	map->memtype = type;
	map->addr = start & PAGE_MASK;
	map->offs = offset_in_page(start);
	map->size = PAGE_ALIGN(map->offs + size);
	ivshmem->maps++;
}

/* Sections are ordinary memory and cached (type IOVA), registers are not (type PHYS). */
static void ivshmem_map_all(struct ivshmem *ivshmem, const struct sections *sections)
{
	u64 rw = sections->base + sections->state_size, input = rw + sections->rw_size;
	u32 id = readl(ivshmem->registers + IVSHMEM_ID_REG);
	u32 peers = readl(ivshmem->registers + IVSHMEM_MAX_PEERS_REG);

	ivshmem_map(ivshmem, "registers", UIO_MEM_PHYS, pci_resource_start(ivshmem->dev, 0),
		    pci_resource_len(ivshmem->dev, 0));
	ivshmem_map(ivshmem, "state_table", UIO_MEM_IOVA, sections->base, sections->state_size);
	ivshmem_map(ivshmem, "rw_section", UIO_MEM_IOVA, rw, sections->rw_size);
	ivshmem_map(ivshmem, "input_sections", UIO_MEM_IOVA, input, peers * sections->output_size);
	ivshmem_map(ivshmem, "output_section", UIO_MEM_IOVA, input + id * sections->output_size,
		    sections->output_size);
}

static irqreturn_t ivshmem_interrupt(int irq, void *data)
{
	struct ivshmem *ivshmem = data;

	uio_event_notify(&ivshmem->uio);
	return IRQ_HANDLED;
}

static int ivshmem_irqcontrol(struct uio_info *uio, s32 on)
{
	struct ivshmem *ivshmem = container_of(uio, struct ivshmem, uio);

	writel(on & 1, ivshmem->registers + IVSHMEM_INT_CONTROL_REG);
	return 0;
}

static void ivshmem_quiet(struct ivshmem *ivshmem)
{
	writel(0, ivshmem->registers + IVSHMEM_INT_CONTROL_REG);
	writel(0, ivshmem->registers + IVSHMEM_STATE_REG);
}

static int ivshmem_open(struct uio_info *uio, struct inode *inode)
{
	struct ivshmem *ivshmem = container_of(uio, struct ivshmem, uio);
	struct opening *opening = kmalloc(sizeof(*opening), GFP_KERNEL);

	if (!opening)
		return -ENOMEM;
	ihold(inode);
	opening->inode = inode;
	list_add(&opening->entry, &ivshmem->openings);
	return 0;
}

static void opening_drop(struct opening *opening)
{
	list_del(&opening->entry);
	iput(opening->inode);
	kfree(opening);
}

/* Peers see state 0 as soon as the last program is gone, however it went. */
static int ivshmem_release(struct uio_info *uio, struct inode *inode)
{
	struct ivshmem *ivshmem = container_of(uio, struct ivshmem, uio);
	struct opening *opening;

	list_for_each_entry(opening, &ivshmem->openings, entry)
		if (opening->inode == inode) {
			opening_drop(opening);
			break;
		}
	if (list_empty(&ivshmem->openings))
		ivshmem_quiet(ivshmem);
	return 0;
}

/*
 * What lies behind the maps is somebody else's next, so programs that still have them get SIGBUS.
 * Without UIO nobody closes an opening, and there are no new maps but one that is being made right now:
 * between UIO's part of mmap() and its end Linux does not tell of it.
 */
static void ivshmem_unmap(struct ivshmem *ivshmem)
{
	struct opening *opening, *next;

	list_for_each_entry_safe(opening, next, &ivshmem->openings, entry) {
		unmap_mapping_range(opening->inode->i_mapping, 0, 0, 1);
		opening_drop(opening);
	}
}

static void ivshmem_free_irqs(struct ivshmem *ivshmem, int requested)
{
	while (requested-- > 0)
		free_irq(pci_irq_vector(ivshmem->dev, requested), ivshmem);
}

static int ivshmem_request_irqs(struct ivshmem *ivshmem)
{
	struct pci_dev *dev = ivshmem->dev;
	int n, error;

	for (n = 0; n < ivshmem->vectors; n++) {
		error = request_irq(pci_irq_vector(dev, n), ivshmem_interrupt,
				    dev->msix_enabled ? 0 : IRQF_SHARED, "uio_ivshmem", ivshmem);
		if (error) {
			ivshmem_free_irqs(ivshmem, n);
			return error;
		}
	}
	return 0;
}

/* All MSI-X vectors, or the one INTx; without any the device can still be polled. */
static void ivshmem_take_vectors(struct ivshmem *ivshmem)
{
	int count = pci_alloc_irq_vectors(ivshmem->dev, 1, IVSHMEM_VECTORS,
					  PCI_IRQ_MSIX | PCI_IRQ_INTX);

	if (count < 0)
		pci_notice(ivshmem->dev, "no interrupt available, doorbells have to be polled\n");
	ivshmem->vectors = max(count, 0);
}

static int ivshmem_register(struct ivshmem *ivshmem)
{
	struct uio_info *uio = &ivshmem->uio;

	uio->name = "uio_ivshmem";
	uio->version = "2";
	uio->irq = ivshmem->vectors ? UIO_IRQ_CUSTOM : UIO_IRQ_NONE;
	uio->irqcontrol = ivshmem_irqcontrol;
	uio->open = ivshmem_open;
	uio->release = ivshmem_release;
	return uio_register_device(&ivshmem->dev->dev, uio);
}

/* Programs have no more access; peers see that nobody is there. */
static void ivshmem_unregister(struct ivshmem *ivshmem)
{
	uio_unregister_device(&ivshmem->uio);
	ivshmem_unmap(ivshmem);
	ivshmem_quiet(ivshmem);
}

/* A line may be shared, so the handler may run as soon and as long as it is there: UIO is, too. */
static int ivshmem_start(struct ivshmem *ivshmem)
{
	int error;

	ivshmem_take_vectors(ivshmem);
	error = ivshmem_register(ivshmem);
	if (error)
		goto free_vectors;
	error = ivshmem_request_irqs(ivshmem);
	if (!error)
		return 0;
	ivshmem_unregister(ivshmem);
free_vectors:
	pci_free_irq_vectors(ivshmem->dev);
	return error;
}

static int ivshmem_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	struct sections sections;
	struct ivshmem *ivshmem;
	int error;

	ivshmem = devm_kzalloc(&dev->dev, sizeof(*ivshmem), GFP_KERNEL);
	if (!ivshmem)
		return -ENOMEM;
	ivshmem->dev = dev;
	INIT_LIST_HEAD(&ivshmem->openings);
	error = pcim_enable_device(dev);
	if (!error)
		error = pcim_iomap_regions(dev, BIT(0), "uio_ivshmem");
	if (!error)
		error = ivshmem_read_capability(dev, &sections);
	if (error)
		return error;
	ivshmem->registers = pcim_iomap_table(dev)[0];
	pci_set_master(dev);
	ivshmem_map_all(ivshmem, &sections);
	pci_set_drvdata(dev, ivshmem);
	error = ivshmem_start(ivshmem);
	if (error)
		pci_clear_master(dev);
	return error;
}

static void ivshmem_remove(struct pci_dev *dev)
{
	struct ivshmem *ivshmem = pci_get_drvdata(dev);

	ivshmem_free_irqs(ivshmem, ivshmem->vectors);
	ivshmem_unregister(ivshmem);
	pci_free_irq_vectors(dev);
	pci_clear_master(dev);
}

static const struct pci_device_id ivshmem_ids[] = {
	{
		PCI_DEVICE(PCI_VENDOR_ID_SIEMENS, IVSHMEM_DEVICE_ID),
		.class = IVSHMEM_CLASS,
		.class_mask = 0xffffff,
	},
	{}
};
MODULE_DEVICE_TABLE(pci, ivshmem_ids);

static struct pci_driver ivshmem_driver = {
	.name = "uio_ivshmem",
	.id_table = ivshmem_ids,
	.probe = ivshmem_probe,
	.remove = ivshmem_remove,
};
module_pci_driver(ivshmem_driver);

MODULE_DESCRIPTION("Shared-memory devices of a hypervisor for programs");
MODULE_LICENSE("GPL");
