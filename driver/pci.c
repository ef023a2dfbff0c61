// SPDX-License-Identifier: GPL-2.0
/*
 * Physical devices of a cell are held by a stub driver, so that no other driver of Linux comes near
 * them. Virtual devices are found by scanning exactly the places the root config names.
 */
#include <linux/device.h>
#include <linux/pci.h>
#include <linux/sizes.h>

#include <config/config.h>

#include "pci.h"
#include "refusal.h"

#define STUB_NAME "jailhouse-pci-stub"

/* The device that is being taken; the stub wants no other, although it could have any. */
static struct pci_dev *wanted_by_stub;

static int stub_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	return dev == READ_ONCE(wanted_by_stub) ? 0 : -ENODEV;
}

static const struct pci_device_id stub_ids[] = {
	{ PCI_DEVICE(PCI_ANY_ID, PCI_ANY_ID) },
	{}
};

static struct pci_driver stub = {
	.name = STUB_NAME,
	.id_table = stub_ids,
	.probe = stub_probe,
};

int pci_register(void)
{
	return pci_register_driver(&stub);
}

void pci_unregister(void)
{
	pci_unregister_driver(&stub);
}

static struct pci_dev *pci_find(const struct jailhouse_pci_device *wanted)
{
	return pci_get_domain_bus_and_slot(wanted->domain, wanted->bdf >> 8, wanted->bdf & 0xff);
}

/* From its driver to the stub. */
static int stub_take(struct pci_dev *dev)
{
	int error;

	device_release_driver(&dev->dev);
	WRITE_ONCE(wanted_by_stub, dev);
	error = device_driver_attach(&stub.driver, &dev->dev);
	WRITE_ONCE(wanted_by_stub, NULL);
	return error;
}

/* From the stub to nobody: the user says which driver is next. */
static void stub_let_go(struct pci_dev *dev)
{
	if (pci_dev_driver(dev) == &stub)
		device_release_driver(&dev->dev);
}

static int pci_take_one(const struct cell_view *view, u32 n)
{
	const struct jailhouse_pci_device *wanted = &view->devices[n];
	struct pci_dev *dev;
	int error;

	dev = pci_find(wanted);
	if (!dev)
		return refuse(-ENODEV, "cell \"%s\", pci_devices[%u]: Linux knows no device %04x:%02x:%02x.%x; mend the config or rescan the bus",
			      view->desc->name, n, wanted->domain, wanted->bdf >> 8,
			      PCI_SLOT(wanted->bdf), PCI_FUNC(wanted->bdf));
	error = stub_take(dev);
	if (error)
		refuse(error, "cell \"%s\", pci_devices[%u]: device %s does not leave its driver (error %d); unbind it by hand",
		       view->desc->name, n, pci_name(dev), error);
	pci_dev_put(dev);
	return error;
}

static void pci_let_go_before(const struct cell_view *view, u32 end)
{
	struct pci_dev *dev;
	u32 n;

	for (n = 0; n < end; n++) {
		if (view->devices[n].type != JAILHOUSE_PCI_TYPE_DEVICE)
			continue;
		dev = pci_find(&view->devices[n]);
		if (dev)
			stub_let_go(dev);
		pci_dev_put(dev);
	}
}

int pci_take(const struct cell_view *view)
{
	int error = 0;
	u32 n;

	for (n = 0; n < view->desc->num_pci_devices && !error; n++)
		if (view->devices[n].type == JAILHOUSE_PCI_TYPE_DEVICE)
			error = pci_take_one(view, n);
	if (error)
		pci_let_go_before(view, n);
	return error;
}

void pci_let_go(const struct cell_view *view)
{
	pci_let_go_before(view, view->desc->num_pci_devices);
}

const struct jailhouse_memory *pci_region_at(const struct cell_view *root, u64 start, u64 size)
{
	const struct jailhouse_memory *mem = root->memory;
	u32 n;

	for (n = 0; n < root->desc->num_memory_regions; n++, mem++)
		if (mem->size && start < mem->virt_start + mem->size &&
		    mem->virt_start < start + size)
			return mem;
	return NULL;
}

/* First place in a free part of the window that no region covers: only there accesses are trapped. */
static resource_size_t place_bar(void *root, const struct resource *free, resource_size_t size,
				 resource_size_t align)
{
	const struct jailhouse_memory *mem;
	resource_size_t start = free->start;

	while (start <= free->end && (mem = pci_region_at(root, start, size)))
		start = ALIGN(mem->virt_start + mem->size, align);
	return start;
}

static int virtual_place_bar(struct pci_dev *dev, int bar, const struct cell_view *root)
{
	struct resource *resource = &dev->resource[bar];
	resource_size_t size = resource_size(resource);
	int error;

	resource->flags &= ~IORESOURCE_UNSET;
	error = pci_bus_alloc_resource(dev->bus, resource, size, size, SZ_1M, IORESOURCE_PREFETCH,
				       place_bar, (void *)root);
	if (error)
		return refuse(error, "virtual device %s, BAR %d: the root config's mem_regions cover every free place of 0x%llx bytes in the PCI window; leave a hole in them",
			      pci_name(dev), bar, (u64)size);
	return pci_write_config_dword(dev, PCI_BASE_ADDRESS_0 + 4 * bar, resource->start);
}

/* Places the BARs, then lets drivers see the device; without a place it is not usable. */
static void virtual_start(struct pci_dev *dev, const struct cell_view *root)
{
	int bar, error = 0;

	for (bar = 0; bar < PCI_STD_NUM_BARS && !error; bar++)
		if (pci_resource_len(dev, bar))
			error = virtual_place_bar(dev, bar, root);
	if (error)
		pci_stop_and_remove_bus_device(dev);
	else
		pci_bus_add_device(dev);
}

static void virtual_add(const struct jailhouse_pci_device *wanted, const struct cell_view *root)
{
	struct pci_bus *bus = pci_find_bus(wanted->domain, wanted->bdf >> 8);
	struct pci_dev *dev = pci_find(wanted);

	if (dev) {
		refuse(-EBUSY, "virtual device %s: Linux has a device there already; use another bdf in the configs",
		       pci_name(dev));
		pci_dev_put(dev);
		return;
	}
	dev = bus ? pci_scan_single_device(bus, wanted->bdf & 0xff) : NULL;
	if (dev)
		virtual_start(dev, root);
	else
		refuse(-ENODEV, "virtual device %04x:%02x:%02x.%x: Linux has no bus there, or nothing answers; use a bus that Linux knows",
		       wanted->domain, wanted->bdf >> 8, PCI_SLOT(wanted->bdf),
		       PCI_FUNC(wanted->bdf));
}

static void virtual_remove(const struct jailhouse_pci_device *wanted,
			   const struct cell_view *unused)
{
	struct pci_dev *dev = pci_find(wanted);

	if (dev)
		pci_stop_and_remove_bus_device(dev);
	pci_dev_put(dev);
}

static void virtual_each(const struct cell_view *root,
			 void (*action)(const struct jailhouse_pci_device *,
					const struct cell_view *))
{
	u32 n;

	pci_lock_rescan_remove();
	for (n = 0; n < root->desc->num_pci_devices; n++)
		if (root->devices[n].type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			action(&root->devices[n], root);
	pci_unlock_rescan_remove();
}

void pci_add_virtual(const struct cell_view *root)
{
	virtual_each(root, virtual_add);
}

void pci_remove_virtual(const struct cell_view *root)
{
	virtual_each(root, virtual_remove);
}
