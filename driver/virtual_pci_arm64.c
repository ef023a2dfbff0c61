// SPDX-License-Identifier: GPL-2.0
/*
 * The virtual host bridge, made from what PCI drivers are made of; device tree overlays, which
 * could say the same, are not part of stock kernels.
 *
 *   pci_mmconfig_base -> config space of bus 0, 1 MiB | window for BARs
 *
 * INTA to INTD of all devices are the shared interrupts vpci_irq_base to vpci_irq_base + 3.
 */
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/irqdomain.h>
#include <linux/pci.h>
#include <linux/pci-ecam.h>
#include <linux/sizes.h>

#include <config/config.h>

#include "machine_arm64.h"
#include "pci.h"
#include "refusal.h"
#include "sysfs.h"
#include "virtual_pci.h"

#define DOMAIN_ANY	0xffff
#define DOMAINS		0x10000

static struct {
	struct pci_host_bridge *bridge;	/* NULL: there is none */
	struct pci_config_window *config;
	struct resource buses, window;
	unsigned int first_spi;
	unsigned int irqs[PCI_NUM_INTX];	/* as Linux numbers them, 0: not in use */
} host;

static int host_map_irq(const struct pci_dev *dev, u8 slot, u8 pin)
{
	unsigned int *irq = &host.irqs[(pin - 1) % PCI_NUM_INTX];

	if (!*irq)
		*irq = machine_map_spi(host.first_spi + (pin - 1) % PCI_NUM_INTX);
	if (!*irq)
		pci_err(dev, "no interrupt for INT%c\n", 'A' + (pin - 1) % PCI_NUM_INTX);
	return *irq;
}

static void host_dispose_irqs(void)
{
	unsigned int n;

	for (n = 0; n < PCI_NUM_INTX; n++) {
		irq_dispose_mapping(host.irqs[n]);
		host.irqs[n] = 0;
	}
}

/* What the BARs of all virtual devices take. */
static u64 window_size(const struct cell_view *root)
{
	const struct jailhouse_pci_device *device = root->devices;
	u32 n, bar, mask;
	u64 size = 0;

	for (n = 0; n < root->desc->num_pci_devices; n++, device++)
		for (bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
			mask = device->bar_mask[bar];
			if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM && mask)
				size += ~mask + 1;
		}
	return PAGE_ALIGN(size);
}

static int window_claim(const struct cell_view *root, u64 start, u64 size)
{
	const struct jailhouse_memory *mem = pci_region_at(root, start, size);

	host.window = (struct resource)DEFINE_RES_MEM_NAMED(start, size, "Jailhouse virtual PCI");
	if (mem)
		return refuse(-EINVAL, "virtual PCI: its window 0x%llx-0x%llx overlaps mem_regions[%zu] of the root cell; leave a hole in them",
			      start, start + size - 1, (size_t)(mem - root->memory));
	if (request_resource(&iomem_resource, &host.window))
		return refuse(-EBUSY, "virtual PCI: 0x%llx bytes behind 0x%llx are not free in Linux, see /proc/iomem; use another pci_mmconfig_base",
			      size, start);
	return 0;
}

/* The config's domain, or one that no bus has. */
static int choose_domain(u16 configured)
{
	int domain = 0;

	if (configured != DOMAIN_ANY)
		return configured;
	while (domain < DOMAINS && pci_find_bus(domain, 0))
		domain++;
	return domain;
}

static int config_space_map(u64 base)
{
	struct resource space = DEFINE_RES_MEM(base, SZ_1M);

	host.buses = (struct resource) {
		.name = "Jailhouse virtual PCI",
		.start = 0,
		.end = 0,
		.flags = IORESOURCE_BUS,
	};
	host.config = pci_ecam_create(hypervisor_device(), &space, &host.buses,
				      &pci_generic_ecam_ops);
	if (IS_ERR(host.config))
		return refuse(PTR_ERR(host.config), "virtual PCI: config space 0x%llx-0x%llx is not free in Linux, see /proc/iomem; use another pci_mmconfig_base",
			      base, base + SZ_1M - 1);
	host.config->parent = NULL;	/* says that firmware knows nothing of it */
	return 0;
}

static int host_probe(const struct system_view *system)
{
	int domain = choose_domain(system->header->platform_info.pci_domain), error;
	struct pci_host_bridge *bridge = pci_alloc_host_bridge(0);

	if (!bridge)
		return refuse(-ENOMEM, "virtual PCI: Linux has no memory for a host bridge");
	pci_add_resource(&bridge->windows, &host.buses);
	pci_add_resource(&bridge->windows, &host.window);
	bridge->dev.parent = hypervisor_device();
	bridge->sysdata = host.config;
	bridge->ops = (struct pci_ops *)&pci_generic_ecam_ops.pci_ops;
	bridge->map_irq = host_map_irq;
	bridge->swizzle_irq = pci_common_swizzle;
	bridge->domain_nr = domain;
	error = pci_host_probe(bridge);
	if (error) {
		pci_free_host_bridge(bridge);
		return refuse(error, "virtual PCI: Linux does not take a host bridge for domain %d (error %d); use another pci_domain",
			      domain, error);
	}
	host.bridge = bridge;
	return 0;
}

int virtual_pci_add(const struct system_view *system)
{
	u64 base = system->header->platform_info.pci_mmconfig_base;
	u64 size = window_size(&system->root);
	int error;

	if (!size)
		return 0;
	error = window_claim(&system->root, base + SZ_1M, size);
	if (error)
		return error;
	host.first_spi = system->root.desc->vpci_irq_base;
	error = config_space_map(base);
	if (error)
		goto release_window;
	error = host_probe(system);
	if (!error)
		return 0;
	pci_ecam_free(host.config);
release_window:
	release_resource(&host.window);
	return error;
}

void virtual_pci_remove(void)
{
	if (!host.bridge)
		return;
	pci_lock_rescan_remove();
	pci_stop_root_bus(host.bridge->bus);
	pci_remove_root_bus(host.bridge->bus);
	pci_unlock_rescan_remove();
	pci_free_host_bridge(host.bridge);
	host.bridge = NULL;
	host_dispose_irqs();
	pci_ecam_free(host.config);
	release_resource(&host.window);
}
