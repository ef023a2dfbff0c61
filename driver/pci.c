// SPDX-License-Identifier: GPL-2.0
/*
 * Physical devices of a cell are held by a stub driver, so that no other driver of Linux comes near
 * them. Virtual devices are found by scanning exactly the places the root config names.
 */
#include <linux/device.h>
#include <linux/pci.h>

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

/* Finds a place for the BARs, then lets drivers see the device. */
static void virtual_start(struct pci_dev *dev)
{
	int bar;

	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++)
		if (pci_resource_len(dev, bar) && !dev->resource[bar].parent &&
		    pci_assign_resource(dev, bar))
			pci_err(dev, "no room for BAR %d of this virtual device\n", bar);
	pci_bus_add_device(dev);
}

static void virtual_add(const struct jailhouse_pci_device *wanted)
{
	struct pci_bus *bus = pci_find_bus(wanted->domain, wanted->bdf >> 8);
	struct pci_dev *dev = pci_find(wanted);

	if (dev) {
		pci_err(dev, "a device of Linux is where the config has a virtual one\n");
		pci_dev_put(dev);
		return;
	}
	dev = bus ? pci_scan_single_device(bus, wanted->bdf & 0xff) : NULL;
	if (dev)
		virtual_start(dev);
	else
		pr_err("jailhouse: virtual device %04x:%02x:%02x.%x does not answer\n",
		       wanted->domain, wanted->bdf >> 8, PCI_SLOT(wanted->bdf),
		       PCI_FUNC(wanted->bdf));
}

static void virtual_remove(const struct jailhouse_pci_device *wanted)
{
	struct pci_dev *dev = pci_find(wanted);

	if (dev)
		pci_stop_and_remove_bus_device(dev);
	pci_dev_put(dev);
}

static void virtual_each(const struct cell_view *root,
			 void (*action)(const struct jailhouse_pci_device *))
{
	u32 n;

	pci_lock_rescan_remove();
	for (n = 0; n < root->desc->num_pci_devices; n++)
		if (root->devices[n].type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			action(&root->devices[n]);
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
