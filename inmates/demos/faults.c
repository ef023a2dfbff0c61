// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Misbehaves on demand: the words of the command line say how. Each attempt is announced first; one
 * that the cell survives reports what came back. address=, value= and bdf= choose the victim. With "end"
 * the cell shuts itself down when all is done, else it waits for root to ask.
 */
#include "faults.h"

unsigned long address, value;
static u16 bdf;

static void memory_read(void)
{
	map_range((void *)address, 4, MAP_UNCACHED);
	printk("faults: read 0x%x\n", mmio_read32((void *)address));
}

static void memory_write(void)
{
	map_range((void *)address, 4, MAP_UNCACHED);
	mmio_write32((void *)address, (u32)value);
}

static void memory_execute(void)
{
	map_range((void *)address, 4, MAP_CACHED);
	((void (*)(void))address)();
}

static void pci_bar(void)
{
	u32 before = pci_read_config(bdf, PCI_CFG_BAR, 4);

	pci_write_config(bdf, PCI_CFG_BAR, (u32)value, 4);
	printk("faults: BAR was 0x%x, is 0x%x\n", before, pci_read_config(bdf, PCI_CFG_BAR, 4));
}

static void pci_foreign(void)
{
	printk("faults: id 0x%x\n", pci_read_config(bdf, PCI_CFG_VENDOR_ID, 4));
	pci_write_config(bdf, PCI_CFG_COMMAND, 0, 2);
}

static void hypercall_unknown(void)
{
	printk("faults: result %d\n", (int)jailhouse_call(9999));
}

static void hypercall_root(void)
{
	printk("faults: disable %d, destroy %d\n", (int)jailhouse_call(JAILHOUSE_HC_DISABLE),
	       (int)jailhouse_call_arg1(JAILHOUSE_HC_CELL_DESTROY, 0));
}

static void interrupt_foreign(void)
{
	irq_init(NULL);		/* finds the interrupt controller */
	irq_send_ipi((unsigned int)value, IPI_IRQ);
}

static const struct fault faults[] = {
	{ "memory-read", memory_read },
	{ "memory-write", memory_write },
	{ "memory-execute", memory_execute },
	{ "pci-bar", pci_bar },
	{ "pci-foreign", pci_foreign },
	{ "hypercall-unknown", hypercall_unknown },
	{ "hypercall-root", hypercall_root },
	{ "ipi-foreign", interrupt_foreign },
	{ NULL, NULL },
};

static void try_all(const struct fault *fault)
{
	for (; fault->name; fault++) {
		if (!cmdline_parse_bool(fault->name, false))
			continue;
		printk("faults: about to %s\n", fault->name);
		fault->act();
		printk("faults: survived %s\n", fault->name);
	}
}

void inmate_main(void)
{
	address = (unsigned long)cmdline_parse_int("address", FOREIGN_ADDRESS);
	value = (unsigned long)cmdline_parse_int("value", 0);
	bdf = (u16)cmdline_parse_int("bdf", 0x20);
	try_all(faults);
	for (const struct fault *const *list = machine_faults; *list; list++)
		try_all(*list);
	printk("faults: done\n");
	if (cmdline_parse_bool("end", false))
		comm_finish();
	while (!comm_shutdown_requested())
		cpu_relax();
	stop();
}
