/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kick is an interrupt of EL2 that no guest can mask. A CPU without a guest waits here with its
 * interrupts and timers off, so that nothing but a kick wakes it.
 */
#include <arch/arch.h>
#include <arch/arm64/control.h>
#include <arch/arm64/sysreg.h>
#include <arch/host_map.h>

#define CNTHCTL_EL1_ALL	3	/* EL1 uses the physical counter and timer */

void arch_kick(struct cpu *cpu)
{
	gic_kick(cpu);
}

void arch_flush(struct cpu *cpu)
{
	cpu_load_space(cpu);
}

void arch_serve(struct cpu *cpu, u32 bits)
{
	if (bits & REQUEST_OFF && cpu->base.mode == CPU_RUNS)
		cpu->base.mode = CPU_WAITS;
	if (!(bits & REQUEST_OFF) && bits & REQUEST_START && cpu->base.mode == CPU_WAITS) {
		cpu_reset(cpu, cpu->base.start, bits & REQUEST_CONTEXT ? cpu->context : 0);
		cpu->base.mode = CPU_RUNS;
	}
}

/*
 * That the kick has arrived is seen by others before its reason is looked for here: who asks later sends
 * another one.
 */
void cpu_interrupt(struct cpu *cpu)
{
	gic_interrupt(cpu);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	cpu_serve(cpu);
}

/* An error that is left behind would wake the CPU for ever. */
static void quieten(struct cpu *cpu)
{
	cpu_drop_errors();
	write_sysreg(cntp_ctl_el0, 0);
	write_sysreg(cntv_ctl_el0, 0);
	isb();
	gic_cpu_reset(cpu);
	gic_cpu_idle(cpu);
}

void cpu_wait(struct cpu *cpu)
{
	quieten(cpu);
	while (cpu->base.mode != CPU_RUNS) {
		cpu_interrupt(cpu);
		if (cpu->base.mode != CPU_RUNS)
			asm volatile("dsb sy; wfi" : : : "memory");
	}
}

void cpu_load_space(struct cpu *cpu)
{
	const struct cell_tables *tables = &machine.now.cells[cpu->base.cell];

	cpu->window.span = 0;
	cpu->window.first = ~0ULL;
	gic_cpu_review(cpu);
	asm volatile("hint #17\nhint #18" : : : "memory");	/* PSB, TSB: profiles go out by the old table */
	dsb(nsh);
	dsb(ishst);
	write_sysreg(vtcr_el2, tables->walk);
	write_sysreg(vttbr_el2, tables->cpu.value | (u64)(cpu->base.cell + 1) << 48);
	isb();
	tlbi(vmalls12e1);
	dsb(nsh);
	isb();
}

/*
 * A feature that Linux keeps trapped is one the firmware may not have either. Cells get no trace unit, and
 * no activity monitors: nobody but the firmware can stop or clear those, so they have counted for others.
 */
static u64 guest_cptr(const struct cpu *cpu)
{
	return cpu->linux_state.cptr | (cpu->base.cell != 0 ? CPTR_TTA | CPTR_TAM : 0);
}

/*
 * Pointer authentication and tags are with EL1 if Linux has given them; error records, and what the
 * implementation has in ACTLR_EL1, with root. The bits of a feature that is not there do nothing.
 */
static u64 guest_hcr(const struct cpu *cpu)
{
	u64 hcr = HCR_VM | HCR_SWIO | HCR_FMO | HCR_AMO | HCR_TSC | HCR_TIDCP | HCR_TLOR | HCR_RW;

	if (cpu->base.cell != 0)
		hcr |= HCR_TACR | HCR_TERR;
	return hcr | gic_hcr(cpu) | (cpu->linux_state.hcr & (HCR_API | HCR_APK | HCR_ENSCXT | HCR_ATA));
}

/*
 * Performance and debug registers are the guest's own: they reach no other CPU, count nothing of EL2 and
 * are wiped when the CPU gets a new owner. Traps that Linux had set at EL2 stay set. The second stage has
 * its table before it goes on.
 */
void cpu_take_controls(struct cpu *cpu)
{
	cpu_load_space(cpu);
	write_sysreg(hcr_el2, guest_hcr(cpu));
	write_sysreg(cptr_el2, guest_cptr(cpu));
	write_sysreg(mdcr_el2, cpu->linux_state.mdcr | MDCR_HPMD | MDCR_HCCD);
	if (image_flags() & CELLBLOCK_FLAG_MPAM)	/* MPAM2_EL2: cells stay in the default partition */
		write_sysreg(S3_4_C10_C5_0,
			     cpu->base.cell != 0 ? MPAM2_TRAP0 | MPAM2_TRAP1 : cpu->linux_state.mpam2);
	write_sysreg(cnthctl_el2, CNTHCTL_EL1_ALL);
	write_sysreg(cntvoff_el2, 0);
	write_sysreg(vpidr_el2, read_sysreg(midr_el1));
	write_sysreg(vmpidr_el2, read_sysreg(mpidr_el1));
}
