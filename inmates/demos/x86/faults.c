// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Misbehaviour that only x86 knows. port=, msr= and bdf= choose the victim. */
#include "../faults.h"

static u16 get_port(void)
{
	return (u16)cmdline_parse_int("port", 0x70);
}

static u32 get_msr(void)
{
	return (u32)cmdline_parse_int("msr", (long long)0xc0010117);
}

static void triple_fault(void)
{
	const struct {
		u16 limit;
		u64 base;
	} __attribute__((packed)) nothing = { 0 };

	asm volatile("lidt %0; int3" : : "m"(nothing));
}

static void memory_strings(void)
{
	unsigned long from = address, to = (unsigned long)stack_top, count = 4;

	map_range((void *)address, 4, MAP_UNCACHED);
	asm volatile("rep movsb" : "+S"(from), "+D"(to), "+c"(count) : : "memory");
}

static void port_read(void)
{
	printk("faults: read 0x%x\n", inb(get_port()));
}

static void port_write(void)
{
	outb((u8)value, get_port());
}

static void port_string(void)
{
	unsigned long from = 0;

	asm volatile("outsb" : "+S"(from) : "d"(get_port()) : "memory");
}

static void msr_read(void)
{
	printk("faults: read 0x%llx\n", read_msr(get_msr()));
}

static void msr_write(void)
{
	write_msr(get_msr(), value);
}

static void apic_base(void)
{
	write_msr(0x1b, 0xfee00000);
}

/* The last two bytes of one dword and the first two of the next. */
static void pci_crossing(void)
{
	outl(1U << 31 | (u32)cmdline_parse_int("bdf", 0x20) << 8 | 0x0c, 0xcf8);
	outl((u32)value, 0xcfe);
}

static void undefined_opcode(void)
{
	asm volatile("ud2");
}

static void vmrun(void)
{
	asm volatile("vmrun" : : "a"(address) : "memory");
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

static const struct fault faults[] = {
	{ "triple-fault", triple_fault },
	{ "memory-strings", memory_strings },
	{ "port-read", port_read },
	{ "port-write", port_write },
	{ "port-string", port_string },
	{ "msr-read", msr_read },
	{ "msr-write", msr_write },
	{ "apic-base", apic_base },
	{ "pci-crossing", pci_crossing },
	{ "ud2", undefined_opcode },
	{ "vmrun", vmrun },
	{ "init-foreign", init_foreign },
	{ "init-self", init_self },
	{ "smi", smi_all },
	{ "cr4", reserved_cr4 },
	{ "xsetbv", xsetbv },
	{ NULL, NULL },
};

const struct fault *const machine_faults[] = { faults, NULL };
