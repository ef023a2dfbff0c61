/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Every CPU of root asks to leave. They meet here; when all have come and no other cell exists, the
 * last one stops the DMA protection and gives the interrupt controllers back, and each CPU goes on
 * natively. When one does not come in time, nobody leaves.
 */
#include <arch/arch.h>
#include <boot/console.h>
#include <boot/control.h>
#include <boot/leave.h>
#include <boot/report.h>
#include <boot/units.h>

#define MEET_SECONDS	2	/* until a CPU that does not come keeps all here */

enum { MEET, GO };

static volatile u32 waiting, round_result;

/* CPUs of root, or only those that Linux has not taken offline: the others cannot come. */
static u32 root_cpus(bool running)
{
	u32 cpus = 0;

	for (u32 id = 0; id < machine.now.plan->num_cpus; id++)
		if (plan_cpus(machine.now.plan)[id] == 0)
			cpus += !running || !arch_cpu_halted(arch_cpu(id));
	return cpus;
}

static s64 stay(enum status why, u64 a, u64 b)
{
	struct refusal refusal = { .why = why, .a = a, .b = b };

	return report_refusal(&refusal);
}

static void undo(struct cpu *self)
{
	console_line("Shutting down hypervisor");
	units_poll_faults();
	arch_unseal();
	units_stop();
	arch_return_interrupts();
	arch_prepare_leave(self);
	arch_seal();
}

/* Take back the announcement, unless all have come: then GO follows for sure. */
static bool step_back(u32 needed)
{
	u32 seen = waiting;

	while (seen != needed)
		if (__atomic_compare_exchange_n(&waiting, &seen, seen - 1, false, __ATOMIC_SEQ_CST,
						__ATOMIC_SEQ_CST))
			return true;
	return false;
}

/* The last one decides for all; the others wait, bounded. */
static s64 meet(struct cpu *self, u32 needed)
{
	u64 start = arch_ticks(), limit = MEET_SECONDS * arch_second();

	if (__atomic_add_fetch(&waiting, 1, __ATOMIC_SEQ_CST) == needed) {
		undo(self);
		__atomic_store_n(&round_result, GO, __ATOMIC_SEQ_CST);
	}
	while (round_result == MEET && arch_ticks() - start < limit) {
		cpu_yield(self);
		arch_relax();
	}
	if (round_result != GO && step_back(needed))
		return stay(STATUS_CPU_MISSING, waiting, needed);
	while (round_result != GO && !machine.panicked)	/* the last one is at work */
		arch_relax();
	return 0;
}

s64 leave_hypervisor(struct cpu *self, u64 unused, u64 unused2)
{
	u32 cells = control_count(), all = root_cpus(false), running = root_cpus(true);
	s64 result;

	(void)unused;
	(void)unused2;
	if (cells != 1)
		return stay(STATUS_CELLS_EXIST, cells - 1, 0);
	if (running != all)
		return stay(STATUS_CPU_MISSING, running, all);
	result = meet(self, all);
	if (result == 0)
		arch_leave(self, 0);
	return result;
}
