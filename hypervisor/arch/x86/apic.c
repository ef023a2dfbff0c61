/* SPDX-License-Identifier: GPL-2.0 */
/* Access to the local APIC in the mode Linux runs it (AMD64 manual volume 2, chapter 16). */
#include <arch/arch.h>
#include <arch/x86/apic.h>
#include <arch/x86/host.h>
#include <arch/x86/insn.h>
#include <arch/x86/msr.h>
#include <port/mmio.h>

volatile u8 *apic_page;

enum status apic_probe(void)
{
	u64 base = read_msr(MSR_APIC_BASE);

	if (!(base & APIC_BASE_ENABLE))
		return STATUS_APIC_DISABLED;
	if (base & APIC_BASE_EXTD)
		return OK;
	apic_page = arch_map_device(XAPIC_BASE, 0x1000);
	return apic_page ? OK : STATUS_NO_MEMORY;
}

bool apic_is_x2(void)
{
	return !apic_page;
}

void apic_write(unsigned index, u32 value)
{
	if (!apic_page)
		write_msr(MSR_X2APIC_FIRST + index, value);
	else
		port_mmio_write32(apic_page + index * 16, value);
}

u32 apic_id(void)
{
	return apic_page ? apic_read(APIC_ID) >> 24 : apic_read(APIC_ID);
}

bool apic_try_write(unsigned index, u32 value)
{
	u64 wide = value;

	if (!apic_page)
		return msr_try(MSR_X2APIC_FIRST + index, &wide, true);
	apic_write(index, value);
	return true;
}

/* The guest may be between its own two writes, so its high half is put back. */
void apic_command(u32 destination, u32 low)
{
	u32 high;

	if (!apic_page) {
		write_msr(MSR_X2APIC_ICR, (u64)destination << 32 | low);
		return;
	}
	high = apic_read(APIC_ICR_HIGH);
	for (u32 budget = 100000; apic_read(APIC_ICR) & APIC_ICR_PENDING && budget; budget--)
		cpu_relax();
	apic_write(APIC_ICR_HIGH, destination << 24);
	apic_write(APIC_ICR, low);
	apic_write(APIC_ICR_HIGH, high);
}

void apic_eoi(void)
{
	apic_write(APIC_EOI, 0);
}

bool apic_in_service(unsigned vector)
{
	return apic_read(APIC_ISR + vector / 32) >> vector % 32 & 1;
}

static bool apic_requests(void)
{
	u32 any = 0;

	for (unsigned i = 0; i < 8; i++)
		any |= apic_read(APIC_IRR + i);
	return any != 0;
}

/*
 * Interrupts that were requested for the previous owner are taken here, into drain_stub. GIF and IF
 * are set for a moment; every source is masked before.
 */
static void apic_drain(void)
{
	for (unsigned i = 0; i < 8; i++)
		for (u32 budget = 32; apic_read(APIC_ISR + i) && budget; budget--)
			apic_eoi();
	for (u32 budget = 256; budget && apic_requests(); budget--)
		asm volatile("stgi; sti; nop; nop; cli; clgi" : : : "memory");
}

void apic_reset(void)
{
	for (unsigned index = APIC_LVT_TIMER; index <= APIC_LVT_ERROR; index++)
		apic_write(index, APIC_LVT_MASKED);
	apic_write(APIC_TMICT, 0);
	apic_write(APIC_TPR, 0);
	apic_write(APIC_SVR, APIC_SVR_ENABLE | 0xff);
	apic_drain();
	apic_write(APIC_TDCR, 0);
	apic_write(APIC_SVR, 0xff);
}
