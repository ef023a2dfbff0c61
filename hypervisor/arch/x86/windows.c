/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/windows.h>
#include <arch/x86/apic.h>
#include <arch/x86/emulate.h>
#include <arch/x86/ioapic.h>
#include <arch/x86/local_apic.h>

enum answer arch_window(struct cpu *cpu, const struct plan_trap *trap, struct access *access)
{
	if (trap->kind == PLAN_TRAP_IOAPIC)
		return ioapic_access(cpu, access);
	return access->write && !apic_is_x2() ? emulate_xapic_write(cpu, access) : ANSWER_DENIED;
}
