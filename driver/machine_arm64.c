// SPDX-License-Identifier: GPL-2.0
/* Does the config fit the machine Linux runs on, and does Linux keep off what we need? */
#include <linux/errno.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/minmax.h>
#include <linux/of.h>
#include <linux/platform_device.h>

#include <jailhouse/cell-config.h>

#include "firmware_arm64.h"
#include "machine_arm64.h"
#include "refusal.h"

#define GIC_SPI		0	/* first cell of an interrupt in the device tree of a GIC */

static const struct of_device_id gics[] = {
	{ .compatible = "arm,gic-v3",		.data = (void *)3 },
	{ .compatible = "arm,gic-400",		.data = (void *)2 },
	{ .compatible = "arm,cortex-a15-gic",	.data = (void *)2 },
	{ .compatible = "arm,cortex-a9-gic",	.data = (void *)2 },
	{ .compatible = "arm,cortex-a7-gic",	.data = (void *)2 },
	{}
};

static unsigned int tree_gic_version(void)
{
	const struct of_device_id *match;
	struct device_node *gic = of_find_matching_node_and_match(NULL, gics, &match);

	of_node_put(gic);
	return gic ? (unsigned long)match->data : 0;
}

static unsigned int tree_map_spi(unsigned int spi)
{
	struct device_node *gic = of_find_matching_node(NULL, gics);
	struct irq_fwspec spec = {
		.fwnode = of_node_to_fwnode(gic),
		.param_count = 3,
		.param = { GIC_SPI, spi, IRQ_TYPE_EDGE_RISING },
	};
	unsigned int irq = gic ? irq_create_fwspec_mapping(&spec) : 0;

	of_node_put(gic);
	return irq;
}

unsigned int machine_map_spi(unsigned int spi)
{
	return firmware_has_tables() ? firmware_map_spi(spi) : tree_map_spi(spi);
}

/* Tables need not tell; the hypervisor looks at the GIC itself. */
static int machine_check_gic(const struct jailhouse_system *config)
{
	unsigned int configured = config->platform_info.arm.gic_version;
	unsigned int version = firmware_has_tables() ? firmware_gic_version() : tree_gic_version();

	if (!version || version == min(configured, 3u))	/* tables call a GICv4 a GICv3 */
		return 0;
	return refuse(-EINVAL, "system config, gic_version: the config is for GICv%u, this machine has a GICv%u; use a config for this machine",
		      configured, version);
}

/* A device with registers at this address that a driver of Linux has. */
static int is_driven_at(struct device *dev, const void *base)
{
	struct resource *registers;

	registers = platform_get_resource(to_platform_device(dev), IORESOURCE_MEM, 0);
	return dev->driver && registers && registers->start == *(const u64 *)base;
}

static int machine_check_iommu(const struct jailhouse_iommu *unit, unsigned int n)
{
	u64 base = unit->base;
	struct device *dev = bus_find_device(&platform_bus_type, NULL, &base, is_driven_at);

	put_device(dev);
	if (!dev)
		return 0;
	return refuse(-EBUSY, "system config, iommu_units[%u]: Linux's own driver uses the unit at 0x%llx; boot with %s",
		      n, base, firmware_has_tables() ?
		      "an ACPI table IORT that lacks it (Documentation/configuration.md, ACPI)" :
		      "initcall_blacklist=arm_smmu_driver_init fw_devlink=off deferred_probe_timeout=0");
}

int machine_check(const struct jailhouse_system *config)
{
	const struct jailhouse_iommu *units = config->platform_info.iommu_units;
	int error = machine_check_gic(config);
	unsigned int n;

	for (n = 0; n < JAILHOUSE_MAX_IOMMU_UNITS && units[n].base && !error; n++)
		error = machine_check_iommu(&units[n], n);
	return error;
}
