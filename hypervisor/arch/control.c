/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Steering CPUs. A kick always ends guest mode, and a CPU looks at what is asked of it after every kick. While
 * one is on its way (kicked) there is no other; a machine may forget it too early, and then gets a second.
 */
#include <arch/arch.h>
#include <base/bits.h>
#include <port/core.h>

#define HOLD_SECONDS 2	/* until a CPU counts as lost */

void cpu_kick(struct cpu *cpu)
{
	if (__atomic_exchange_n(&cpu_base(cpu)->kicked, 1, __ATOMIC_SEQ_CST) == 0)
		arch_kick(cpu);
}

void cpu_request(struct cpu *cpu, u32 bits)
{
	__atomic_or_fetch(&cpu_base(cpu)->requests, bits, __ATOMIC_SEQ_CST);
	cpu_kick(cpu);
}

static void cpu_stand_still(struct cpu *cpu)
{
	struct cpu_base *base = cpu_base(cpu);

	__atomic_store_n(&base->held, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&base->hold, __ATOMIC_SEQ_CST) && !machine.panicked)
		arch_relax();
	arch_flush(cpu);	/* the old tables are out of use before who releases goes on */
	__atomic_store_n(&base->held, 0, __ATOMIC_SEQ_CST);
}

void cpu_yield(struct cpu *self)
{
	if (__atomic_load_n(&cpu_base(self)->hold, __ATOMIC_SEQ_CST))
		cpu_stand_still(self);
}

void cpu_serve(struct cpu *cpu)
{
	struct cpu_base *base = cpu_base(cpu);

	while (__atomic_load_n(&base->hold, __ATOMIC_SEQ_CST) || base->requests) {
		cpu_yield(cpu);
		arch_serve(cpu, __atomic_exchange_n(&base->requests, 0, __ATOMIC_SEQ_CST));
	}
}

void cpu_fail(struct cpu *cpu)
{
	cpu_base(cpu)->mode = CPU_FAILED;
	core_cpu_failed(cpu);
}

u64 cpu_set(unsigned a, unsigned b)
{
	u64 set = 0;

	for (u32 id = 0; id < machine.header->max_cpus; id++) {
		const struct cpu_base *base = cpu_base(arch_cpu(id));

		if (base->entered && (base->cell == a || base->cell == b))
			set |= BIT(id);
	}
	return set;
}

/* Of the caller nothing is waited for. */
static u64 cpu_others(const struct cpu *self, u64 set)
{
	return set & ~BIT(arch_cpu_id(self));
}

static bool cpu_wait_held(u32 id, u32 wanted)
{
	u64 start = arch_ticks(), limit = HOLD_SECONDS * arch_second();

	while (arch_ticks() - start < limit) {
		if (__atomic_load_n(&cpu_base(arch_cpu(id))->held, __ATOMIC_SEQ_CST) == wanted)
			return true;
		arch_relax();
	}
	return false;
}

/* The first one that does not follow in time; none: MACHINE_MAX_CPUS. */
static u32 cpu_set_hold(u64 set, u32 hold)
{
	u32 id;

	for (id = 0; id < MACHINE_MAX_CPUS; id++)
		if (set >> id & 1) {
			__atomic_store_n(&cpu_base(arch_cpu(id))->hold, hold, __ATOMIC_SEQ_CST);
			if (hold)
				cpu_kick(arch_cpu(id));
		}
	for (id = 0; id < MACHINE_MAX_CPUS; id++)
		if (set >> id & 1 && !cpu_wait_held(id, hold) && hold)
			break;
	return id;
}

enum status cpu_hold(struct cpu *self, u64 set, struct refusal *refusal)
{
	u32 id = cpu_set_hold(cpu_others(self, set), 1);

	if (id == MACHINE_MAX_CPUS)
		return OK;
	cpu_release(self, set);
	*refusal = (struct refusal) { .why = STATUS_CPU_SILENT, .object = OBJECT_CPU, .index = id, .a = id };
	return STATUS_CPU_SILENT;
}

void cpu_release(struct cpu *self, u64 set)
{
	cpu_set_hold(cpu_others(self, set), 0);
}

/* One attempt; none while another CPU goes first. */
static bool cpu_try_lock(const struct cpu *self, volatile u32 *lock)
{
	const struct cpu *first = machine.first;

	return (!first || first == self) && !__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE);
}

void cpu_lock(struct cpu *self, volatile u32 *lock)
{
	while (!cpu_try_lock(self, lock) && !machine.panicked) {
		cpu_yield(self);
		arch_relax();
	}
}

void cpu_unlock(volatile u32 *lock)
{
	__atomic_store_n(lock, 0, __ATOMIC_RELEASE);
}
