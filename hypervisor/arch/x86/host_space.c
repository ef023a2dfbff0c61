/* SPDX-License-Identifier: GPL-2.0 */
/* What x86 adds to the hypervisor's own map: entry bits, control registers, CR3. */
#include <arch/host_map.h>
#include <arch/x86/host.h>
#include <arch/x86/msr.h>
#include <base/bits.h>

#define ENTRY_PRESENT	BIT(0)
#define ENTRY_WRITE	BIT(1)
#define ENTRY_NO_CACHE	(BIT(3) | BIT(4))	/* PWT, PCD */
#define ENTRY_NX	BIT(63)
#define CR4_HOST	(CR4_PAE | CR4_MCE | CR4_LA57 | CR4_OSXSAVE)

const struct host_layout host_layout = {
	.format = &pt_host_x86,
	.pool = 0xffff808000000000ULL,		/* slot 257 */
	.devices = 0xfffffe8010000000ULL,	/* behind the image, in slot 509 */
	.windows = 0xfffffe8004000000ULL,
	.table = ENTRY_PRESENT | ENTRY_WRITE,
	.window = ENTRY_PRESENT | ENTRY_WRITE | ENTRY_NX,
	.window_device = ENTRY_PRESENT | ENTRY_WRITE | ENTRY_NX | ENTRY_NO_CACHE,
	.seal_clear = ENTRY_WRITE,
};

unsigned arch_host_levels(void)
{
	return read_cr4() & CR4_LA57 ? 5 : 4;
}

void arch_host_root(u64 root)
{
	write_cr3(root);
}

void arch_host_window(volatile u64 *entry, u64 value, const void *page)
{
	*entry = value;
	invlpg(page);
}

void host_join(struct cpu *cpu, bool writable)
{
	host_load_tables();
	write_cr4(read_cr4() & ~CR4_PGE);	/* drops Linux's global translations */
	host_enter(cpu, writable);
	write_cr4((read_cr4() & CR4_HOST) | CR4_PAE);
	write_cr0((read_cr0() | CR0_WP) & ~(CR0_CD | CR0_NW));
}
