/* SPDX-License-Identifier: GPL-2.0 */
/* The moments in which CPUs stand still: a new generation, the end and the start of a cell. */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <base/bits.h>
#include <base/string.h>
#include <boot/comm.h>
#include <boot/generation.h>
#include <boot/switch.h>
#include <boot/units.h>

#define ROOT	0
#define ALL_CPUS_BYTES (MACHINE_MAX_CPUS / 8)

/* CPUs that belong to a or to b in either generation. */
static void cpus_of(unsigned a, unsigned b, u8 *set)
{
	const struct plan *plans[] = { machine.now.plan, machine.next.plan };

	memset(set, 0, ALL_CPUS_BYTES);
	for (unsigned p = 0; p < 2; p++)
		for (u32 id = 0; id < plans[p]->num_cpus; id++) {
			u16 owner = plan_cpus(plans[p])[id];

			if ((owner == a || owner == b) && arch_cpu_entered(arch_cpu(id)))
				bitmap_set(set, id);
		}
}

/* After the commit: CPUs follow the plan; those that changed hands wait to be started. */
static void settle_cpus(const u8 *set)
{
	for (u32 id = 0; id < machine.now.plan->num_cpus; id++) {
		struct cpu *cpu = arch_cpu(id);

		if (!bitmap_test(set, id))
			continue;
		if (arch_cpu_cell(cpu) != plan_cpus(machine.now.plan)[id])
			arch_cpu_assign(cpu, plan_cpus(machine.now.plan)[id]);
		else
			arch_cpu_reload(cpu);
	}
}

enum status switch_to_next(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	u8 set[ALL_CPUS_BYTES];
	enum status status;

	cpus_of(ROOT, slot, set);
	status = cpu_hold(self, set, refusal);
	if (status != OK) {
		generation_discard();
		return status;
	}
	cpu_lock(self, &machine.device_lock);	/* other cells go on, and share chips and ports */
	virtual_pci_silence(self, (u16)slot);
	units_poll_faults();	/* while their devices still belong to those who caused them */
	status = units_commit(refusal);
	if (status == OK) {
		virtual_pci_hand_over(self, (u16)slot);
		generation_commit();
		arch_regroup(machine.now.plan, ROOT);
		arch_regroup(machine.now.plan, (u16)slot);
		settle_cpus(set);
	} else if (status != IOMMU_STUCK) {
		generation_discard();
	}	/* a stuck unit may still walk machine.next: its pages stay taken */
	cpu_unlock(&machine.device_lock);
	if (status == OK && slot != ROOT)
		arch_clean_memory(self, &machine.cells[slot].view);	/* others do not wait for that */
	cpu_release(self, set);
	return status;
}

enum status switch_halt(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	u8 set[ALL_CPUS_BYTES];
	enum status status;

	machine.next = machine.now;
	cpus_of(slot, slot, set);
	status = cpu_hold(self, set, refusal);
	if (status != OK)
		return status;
	for (u32 id = 0; id < machine.now.plan->num_cpus; id++)
		if (bitmap_test(set, id))
			arch_cpu_halt(arch_cpu(id), false);
	cpu_release(self, set);
	cpu_lock(self, &machine.device_lock);
	arch_mask_interrupts((u16)slot);
	cpu_unlock(&machine.device_lock);
	machine.cells[slot].running = false;
	comm_set_state(self, slot, JAILHOUSE_CELL_SHUT_DOWN);
	virtual_pci_reset(self, (u16)slot);
	return OK;
}

enum status switch_run(struct cpu *self, unsigned slot, struct refusal *refusal)
{
	u64 address = machine.cells[slot].view.desc->cpu_reset_address;
	u8 set[ALL_CPUS_BYTES];
	bool first = true;
	enum status status;

	machine.next = machine.now;
	cpus_of(slot, slot, set);
	status = cpu_hold(self, set, refusal);
	if (status != OK)
		return status;
	comm_fill(self, slot);
	arch_clean_memory(self, &machine.cells[slot].view);	/* what root has loaded */
	machine.cells[slot].running = true;
	for (u32 id = 0; id < machine.now.plan->num_cpus; id++)
		if (bitmap_test(set, id)) {
			arch_cpu_restart(arch_cpu(id), address, first);
			first = false;
		}
	cpu_release(self, set);
	return OK;
}
