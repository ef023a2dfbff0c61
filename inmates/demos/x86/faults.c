// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Misbehaves on demand: the words of the command line say how. Each attempt is announced first; one that
 * the cell survives reports what came back. address=, port=, msr=, value=, bdf= choose the victim.
 */
#include <inmate.h>

static unsigned long address, value;
static u16 port, bdf;
static u32 msr;

static void triple_fault(void)
{
	const struct {
		u16 limit;
		u64 base;
	} __attribute__((packed)) nothing = { 0 };

	asm volatile("lidt %0; int3" : : "m"(nothing));
}

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

static void memory_strings(void)
{
	unsigned long from = address, to = (unsigned long)stack_top, count = 4;

	map_range((void *)address, 4, MAP_UNCACHED);
	asm volatile("rep movsb" : "+S"(from), "+D"(to), "+c"(count) : : "memory");
}

static void port_read(void)
{
	printk("faults: read 0x%x\n", inb(port));
}

static void port_write(void)
{
	outb((u8)value, port);
}

static void port_string(void)
{
	unsigned long from = 0;

	asm volatile("outsb" : "+S"(from) : "d"(port) : "memory");
}

static void msr_read(void)
{
	printk("faults: read 0x%llx\n", read_msr(msr));
}

static void msr_write(void)
{
	write_msr(msr, value);
}

static void apic_base(void)
{
	write_msr(0x1b, 0xfee00000);
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

/* The last two bytes of one dword and the first two of the next. */
static void pci_crossing(void)
{
	outl(1U << 31 | (u32)bdf << 8 | 0x0c, 0xcf8);
	outl((u32)value, 0xcfe);
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

static void undefined_opcode(void)
{
	asm volatile("ud2");
}

static void vmrun(void)
{
	asm volatile("vmrun" : : "a"(address) : "memory");
}

static void interrupt_foreign(void)
{
	irq_send_ipi((unsigned int)value, 32);
}

static void init_foreign(void)
{
	write_msr(X2APIC_ICR, (u64)value << 32 | APIC_DM_INIT | APIC_LVL_ASSERT);
}

static void init_self(void)
{
	write_msr(X2APIC_ICR, (u64)cpu_id() << 32 | APIC_DM_INIT | APIC_LVL_ASSERT);
}

static void smi_all(void)
{
	write_msr(X2APIC_ICR, 0x200 | 3 << 18 | APIC_LVL_ASSERT);
}

static void reserved_cr4(void)
{
	unsigned long cr4;

	asm volatile("mov %%cr4,%0" : "=r"(cr4));
	asm volatile("mov %0,%%cr4" : : "r"(cr4 | 1UL << 31));
}

static void xsetbv(void)
{
	unsigned long cr4;

	asm volatile("mov %%cr4,%0" : "=r"(cr4));
	asm volatile("mov %0,%%cr4" : : "r"(cr4 | 1UL << 18));
	asm volatile("xsetbv" : : "a"((u32)value), "c"(0), "d"(0));
}

static const struct {
	const char *name;
	void (*act)(void);
} faults[] = {
	{ "triple-fault", triple_fault },
	{ "memory-read", memory_read },
	{ "memory-write", memory_write },
	{ "memory-execute", memory_execute },
	{ "memory-strings", memory_strings },
	{ "port-read", port_read },
	{ "port-write", port_write },
	{ "port-string", port_string },
	{ "msr-read", msr_read },
	{ "msr-write", msr_write },
	{ "apic-base", apic_base },
	{ "pci-bar", pci_bar },
	{ "pci-foreign", pci_foreign },
	{ "pci-crossing", pci_crossing },
	{ "hypercall-unknown", hypercall_unknown },
	{ "hypercall-root", hypercall_root },
	{ "ud2", undefined_opcode },
	{ "vmrun", vmrun },
	{ "ipi-foreign", interrupt_foreign },
	{ "init-foreign", init_foreign },
	{ "init-self", init_self },
	{ "smi", smi_all },
	{ "cr4", reserved_cr4 },
	{ "xsetbv", xsetbv },
};

void inmate_main(void)
{
	unsigned int i;

	address = (unsigned long)cmdline_parse_int("address", 0x100000000);
	value = (unsigned long)cmdline_parse_int("value", 0);
	port = (u16)cmdline_parse_int("port", 0x70);
	msr = (u32)cmdline_parse_int("msr", (long long)0xc0010117);
	bdf = (u16)cmdline_parse_int("bdf", 0x20);
	for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		if (!cmdline_parse_bool(faults[i].name, false))
			continue;
		printk("faults: about to %s\n", faults[i].name);
		faults[i].act();
		printk("faults: survived %s\n", faults[i].name);
	}
	printk("faults: done\n");
	while (!comm_shutdown_requested())
		cpu_relax();
	stop();
}
