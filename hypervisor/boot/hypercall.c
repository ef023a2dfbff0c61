/* SPDX-License-Identifier: GPL-2.0 */
/* One row per hypercall: who may call, whether it reconfigures, what it does. */
#include <arch/arch.h>
#include <boot/comm.h>
#include <boot/console.h>
#include <boot/control.h>
#include <boot/leave.h>
#include <boot/report.h>
#include <boot/units.h>
#include <port/core.h>

#define EPERM	1
#define ENOENT	2
#define EINVAL	22
#define ENOSYS	38

/* Root asks from time to time; an occasion to collect what the IOMMUs have recorded. */
static s64 get_info(struct cpu *self, u64 type, u64 unused)
{
	(void)unused;
	if (arch_cpu_cell(self) == 0)
		units_poll_faults();
	switch (type) {
	case JAILHOUSE_INFO_MEM_POOL_SIZE:
		return machine.pool.pages;
	case JAILHOUSE_INFO_MEM_POOL_USED:
		return machine.pool.used;
	case JAILHOUSE_INFO_REMAP_POOL_SIZE:
	case JAILHOUSE_INFO_REMAP_POOL_USED:
		return 0;	/* there is no remap pool: windows are mapped at enable */
	case JAILHOUSE_INFO_NUM_CELLS:
		return control_count();
	default:
		return -EINVAL;
	}
}

static __attribute__((cold)) s64 cell_get_state(struct cpu *self, u64 id, u64 unused)
{
	struct cell *cell = control_cell(id);
	u32 state;

	(void)unused;
	if (!cell)
		return -ENOENT;
	state = comm_state(self, cell);
	return state <= JAILHOUSE_CELL_FAILED_COMM_REV ? (s64)state : -EINVAL;
}

static s64 console_putc(struct cpu *self, u64 character, u64 unused)
{
	const struct cell_view *view = &machine.cells[arch_cpu_cell(self)].view;
	char text = (char)character;

	(void)unused;
	if (!(view->desc->flags & JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED))
		return -EPERM;
	console_write(&text, 1);
	return 0;
}

static const struct {
	s64 (*function)(struct cpu *self, u64 first, u64 second);
	bool root_only;
	bool exclusive;	/* one at a time; the reason of a failure is in the report page */
} rows[] = {
	[JAILHOUSE_HC_DISABLE] = { leave_hypervisor, true, false },
	[JAILHOUSE_HC_CELL_CREATE] = { control_create, true, true },
	[JAILHOUSE_HC_CELL_START] = { control_start, true, true },
	[JAILHOUSE_HC_CELL_SET_LOADABLE] = { control_set_loadable, true, true },
	[JAILHOUSE_HC_CELL_DESTROY] = { control_destroy, true, true },
	[JAILHOUSE_HC_HYPERVISOR_GET_INFO] = { get_info, false, false },
	[JAILHOUSE_HC_CELL_GET_STATE] = { cell_get_state, true, false },
	[JAILHOUSE_HC_CPU_GET_INFO] = { arch_cpu_info, false, false },
	[JAILHOUSE_HC_DEBUG_CONSOLE_PUTC] = { console_putc, false, false },
};

/* Its CPU may hold any lock, and nobody waits for it: what it was changing may be half-done. */
static s64 refuse_after_panic(void)
{
	return report_refusal(&(struct refusal) { .why = STATUS_PANICKED });
}

static __attribute__((noinline, cold)) s64 restricted(struct cpu *cpu, u64 first, u64 second, u32 code)
{
	s64 result;

	if (arch_cpu_cell(cpu) != 0)
		return -EPERM;
	if (!rows[code].exclusive)
		return rows[code].function(cpu, first, second);
	cpu_lock(cpu, &machine.control_lock);
	if (arch_cpu_halted(cpu))	/* root has given this CPU away while it waited */
		result = -EPERM;
	else
		result = machine.panicked ? refuse_after_panic() : rows[code].function(cpu, first, second);
	cpu_unlock(&machine.control_lock);
	return result;
}

s64 core_hypercall(struct cpu *cpu, u64 first, u64 second, u32 code)
{
	if (code >= sizeof(rows) / sizeof(rows[0]))
		return -ENOSYS;
	if (!rows[code].root_only)
		return rows[code].function(cpu, first, second);
	return restricted(cpu, first, second, code);
}
