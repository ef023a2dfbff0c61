/* SPDX-License-Identifier: GPL-2.0 */
/* What arm64 adds to the hypervisor's own map: entry bits, TTBR0_EL2, and the page of the entry code. */
#include <arch/arm64/cpu.h>
#include <arch/arm64/host.h>
#include <arch/arm64/sysreg.h>
#include <arch/host_map.h>
#include <base/bits.h>

/* Stage 1 descriptors of EL2 (DDI 0487, D8.3): page, write-back or device, not executable. */
#define ENTRY_TABLE	3ULL
#define ENTRY_WINDOW	(3ULL | BIT(6) | 3ULL << 8 | BIT(10) | BIT(54))
#define ENTRY_DEVICE	(3ULL | 1ULL << 2 | BIT(6) | BIT(10) | BIT(54))
#define APTABLE_READ_ONLY BIT(62)

const struct host_layout host_layout = {
	.format = &pt_host_arm64,
	.pool = 0x0000808000000000ULL,		/* slot 257 */
	.devices = 0x0000fe8010000000ULL,	/* behind the image, in slot 509 */
	.windows = (u64)HOST_WINDOWS_AT << HOST_WINDOWS_SHIFT,
	.table = ENTRY_TABLE,
	.window = ENTRY_WINDOW,
	.window_device = ENTRY_DEVICE,
	.seal_set = APTABLE_READ_ONLY,
};

unsigned arch_host_levels(void)
{
	return 4;
}

void arch_host_root(u64 root)
{
	dsb(ishst);
	write_sysreg(ttbr0_el2, root);
	isb();
	tlbi(alle2);
	dsb(nsh);
	isb();
}

/* A live entry may not name another page at once (D8.16, break before make). */
void arch_host_window(volatile u64 *entry, u64 value, const void *page)
{
	*entry = 0;
	dsb(ishst);
	asm volatile("tlbi vae2, %0" : : "r"((u64)page >> 12) : "memory");
	dsb(nsh);
	*entry = value;
	dsb(ishst);
	isb();
}

/* Translation goes off in the image's first page, so its physical address must lead there too. */
enum status host_map_identity(void)
{
	u64 phys = machine.header->hypervisor_phys;

	return host_map(phys, phys, PAGE_SIZE, PT_READ | PT_EXECUTE);
}
