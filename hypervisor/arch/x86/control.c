/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kick is an NMI: it always ends guest mode. At most one of ours is on its way to a CPU, so any other
 * NMI belongs to the guest and is delivered to it.
 */
#include <arch/x86/apic.h>
#include <arch/x86/control.h>
#include <arch/x86/svm/svm.h>

void cpu_halt(volatile u32 *nmis, u32 seen);

void arch_kick(struct cpu *cpu)
{
	apic_command(cpu->apic_id, COMMAND_NMI | COMMAND_ASSERT);
}

void arch_flush(struct cpu *cpu)
{
	svm_flush(cpu);
}

void cpu_sort_nmis(struct cpu *cpu)
{
	u32 nmis = __atomic_exchange_n(&cpu->nmis, 0, __ATOMIC_SEQ_CST);

	if (nmis == 0)
		return;
	if (__atomic_exchange_n(&cpu->base.kicked, 0, __ATOMIC_SEQ_CST) == 0 || nmis > 1)
		cpu->guest_nmi = cpu->base.cell == 0;
}

/* INIT and start-up as the processor would take them; the sender has checked the target. */
static void serve_start(struct cpu *cpu, u32 bits)
{
	if (bits & REQUEST_INIT && cpu->base.mode != CPU_FAILED)
		cpu->base.mode = CPU_WAITS;
	if (bits & REQUEST_START) {
		svm_reset(cpu, cpu->base.start);
		cpu->base.mode = CPU_RUNS;
	}
	if (bits & REQUEST_SIPI && cpu->base.mode == CPU_WAITS) {
		svm_reset(cpu, (u64)(bits & 0xff) << 12);
		cpu->base.mode = CPU_RUNS;
	}
}

void arch_serve(struct cpu *cpu, u32 bits)
{
	serve_start(cpu, bits);
	if (bits & REQUEST_NMI)
		cpu->guest_nmi = 1;
	cpu_sort_nmis(cpu);	/* a reset takes NMIs; unsorted, they would hold up the next kick */
}

void cpu_wait(struct cpu *cpu)
{
	while (cpu->base.mode != CPU_RUNS) {
		cpu_sort_nmis(cpu);
		cpu_serve(cpu);
		if (cpu->base.mode != CPU_RUNS)
			cpu_halt(&cpu->nmis, 0);
	}
}
