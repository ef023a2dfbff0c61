/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Steering CPUs. A kick is an NMI: it always ends guest mode. At most one of ours is on its way to a
 * CPU at any time (cpu->kicked), so any other NMI belongs to the guest and is delivered to it.
 */
#include <arch/x86/apic.h>
#include <arch/x86/control.h>
#include <arch/x86/svm/svm.h>
#include <arch/machine.h>
#include <base/bits.h>
#include <port/core.h>

#define HOLD_TICKS (1ULL << 32)	/* until a CPU counts as lost: one to four seconds */

void cpu_halt(volatile u32 *nmis, u32 seen);

void cpu_kick(struct cpu *cpu)
{
	if (__atomic_exchange_n(&cpu->kicked, 1, __ATOMIC_SEQ_CST) == 0)
		apic_command(cpu->apic_id, COMMAND_NMI | COMMAND_ASSERT);
}

void cpu_request(struct cpu *cpu, u32 bits)
{
	__atomic_or_fetch(&cpu->requests, bits, __ATOMIC_SEQ_CST);
	cpu_kick(cpu);
}

void cpu_sort_nmis(struct cpu *cpu)
{
	u32 nmis = __atomic_exchange_n(&cpu->nmis, 0, __ATOMIC_SEQ_CST);

	if (nmis == 0)
		return;
	if (__atomic_exchange_n(&cpu->kicked, 0, __ATOMIC_SEQ_CST) == 0 || nmis > 1)
		cpu->guest_nmi = cpu->cell == 0;
}

static void cpu_stand_still(struct cpu *cpu)
{
	__atomic_store_n(&cpu->held, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&cpu->hold, __ATOMIC_SEQ_CST) && !machine.panicked)
		cpu_relax();
	__atomic_store_n(&cpu->held, 0, __ATOMIC_SEQ_CST);
	svm_flush(cpu);
}

void cpu_yield(struct cpu *self)
{
	if (__atomic_load_n(&self->hold, __ATOMIC_SEQ_CST))
		cpu_stand_still(self);
}

/* INIT and start-up as the processor would take them; the sender has checked the target. */
static void cpu_serve_start(struct cpu *cpu, u32 bits)
{
	if (bits & REQUEST_INIT && cpu->mode != CPU_FAILED)
		cpu->mode = CPU_WAITS;
	if (bits & REQUEST_START) {
		svm_reset(cpu, cpu->start);
		cpu->mode = CPU_RUNS;
	}
	if (bits & REQUEST_SIPI && cpu->mode == CPU_WAITS) {
		svm_reset(cpu, (u64)(bits & 0xff) << 12);
		cpu->mode = CPU_RUNS;
	}
}

void cpu_serve(struct cpu *cpu)
{
	while (__atomic_load_n(&cpu->hold, __ATOMIC_SEQ_CST) || cpu->requests) {
		cpu_yield(cpu);
		u32 bits = __atomic_exchange_n(&cpu->requests, 0, __ATOMIC_SEQ_CST);

		cpu_serve_start(cpu, bits);
		if (bits & REQUEST_NMI)
			cpu->guest_nmi = 1;
		cpu_sort_nmis(cpu);	/* a reset takes NMIs; unsorted, they would hold up the next kick */
	}
}

void cpu_wait(struct cpu *cpu)
{
	while (cpu->mode != CPU_RUNS) {
		cpu_sort_nmis(cpu);
		cpu_serve(cpu);
		if (cpu->mode != CPU_RUNS)
			cpu_halt(&cpu->nmis, 0);
	}
}

void cpu_fail(struct cpu *cpu)
{
	cpu->mode = CPU_FAILED;
	core_cpu_failed(cpu);
}

static bool cpu_wait_held(const struct cpu *cpu, u32 wanted)
{
	u64 start = read_tsc();

	while (read_tsc() - start < HOLD_TICKS) {
		if (__atomic_load_n(&cpu->held, __ATOMIC_SEQ_CST) == wanted)
			return true;
		cpu_relax();
	}
	return false;
}

enum status cpu_hold(struct cpu *self, const u8 *set, struct refusal *refusal)
{
	u32 count = machine.header->max_cpus;

	for (u32 id = 0; id < count; id++)
		if (bitmap_test(set, id) && cpu_of(id) != self) {
			__atomic_store_n(&cpu_of(id)->hold, 1, __ATOMIC_SEQ_CST);
			cpu_kick(cpu_of(id));
		}
	for (u32 id = 0; id < count; id++)
		if (bitmap_test(set, id) && cpu_of(id) != self && !cpu_wait_held(cpu_of(id), 1)) {
			cpu_release(self, set);
			*refusal = (struct refusal) { .why = STATUS_CPU_SILENT,
						      .object = OBJECT_CPU, .index = id, .a = id };
			return STATUS_CPU_SILENT;
		}
	return OK;
}

void cpu_release(struct cpu *self, const u8 *set)
{
	for (u32 id = 0; id < machine.header->max_cpus; id++)
		if (bitmap_test(set, id) && cpu_of(id) != self)
			__atomic_store_n(&cpu_of(id)->hold, 0, __ATOMIC_SEQ_CST);
	for (u32 id = 0; id < machine.header->max_cpus; id++)
		if (bitmap_test(set, id) && cpu_of(id) != self)
			cpu_wait_held(cpu_of(id), 0);
}

void cpu_lock(struct cpu *self, volatile u32 *lock)
{
	while (__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) && !machine.panicked) {
		cpu_yield(self);
		cpu_relax();
	}
}

void cpu_unlock(volatile u32 *lock)
{
	__atomic_store_n(lock, 0, __ATOMIC_RELEASE);
}
