/* SPDX-License-Identifier: GPL-2.0 */
/* The moments in which CPUs stand still: a new generation, the end and the start of a cell. */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <base/bits.h>
#include <boot/comm.h>
#include <boot/generation.h>
#include <boot/switch.h>
#include <boot/units.h>

#define ROOT	0

/* After the commit: CPUs follow the plan; those that changed hands wait to be started. */
static void settle_cpus(u64 set)
{
	for (u32 id = 0; set; id++, set >>= 1) {
		u16 owner = plan_cpus(machine.now.plan)[id];

		if (!(set & 1))
			continue;
		if (arch_cpu_cell(arch_cpu(id)) != owner)
			arch_cpu_assign(arch_cpu(id), owner);
		else
			arch_cpu_reload(arch_cpu(id));
	}
}

/* Before all others, who may want devices all the time: CPUs stand still meanwhile. */
static void lock_devices(struct cpu *self)
{
	machine.first = self;
	cpu_lock(self, &machine.device_lock);
}

static void unlock_devices(void)
{
	cpu_unlock(&machine.device_lock);
	machine.first = NULL;
}

static enum status commit(struct cpu *self, u16 slot, u64 set, struct refusal *refusal)
{
	enum status status;

	lock_devices(self);	/* other cells go on, and share chips and ports */
	if (slot != ROOT)
		virtual_pci_silence(self, slot);
	units_poll_faults();	/* while their devices still belong to those who caused them */
	status = units_commit(refusal);
	if (status == OK) {
		if (slot != ROOT)
			virtual_pci_hand_over(self, slot);
		generation_commit();
		arch_regroup(machine.now.plan, ROOT);
		arch_regroup(machine.now.plan, slot);
		settle_cpus(set);
	} else if (status != IOMMU_STUCK) {
		generation_discard();
	}	/* a stuck unit may still walk machine.next: its pages stay taken, and no other is built */
	unlock_devices();
	return status;
}

/* CPUs that change hands are among those of both cells already. */
static enum status to_next(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	u64 set = cpu_set(ROOT, cell->slot);
	enum status status = cpu_hold(self, set, refusal);

	if (status != OK) {
		generation_discard();
		return status;
	}
	status = commit(self, cell->slot, set, refusal);
	cpu_release(self, set);
	if (status == OK && cell->slot != ROOT)
		arch_clean_memory(self, &cell->view);	/* nobody uses it yet, so nobody waits for that */
	return status;
}

enum status switch_over(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	enum status status;

	arch_unseal();
	status = generation_build(cell->slot, refusal);
	if (status == OK)
		status = to_next(self, cell, refusal);
	arch_seal();
	return status;
}

enum status switch_halt(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	u64 set = cpu_set(cell->slot, cell->slot);
	enum status status = cpu_hold(self, set, refusal);

	if (status != OK)
		return status;
	for (u32 id = 0; id < MACHINE_MAX_CPUS; id++)
		if (set >> id & 1)
			arch_cpu_halt(arch_cpu(id), false);
	cpu_release(self, set);
	lock_devices(self);
	arch_mask_interrupts(cell->slot);
	virtual_pci_reset(self, cell->slot);
	unlock_devices();
	cell->running = false;
	comm_set_state(self, cell, JAILHOUSE_CELL_SHUT_DOWN);
	return OK;
}

enum status switch_run(struct cpu *self, struct cell *cell, struct refusal *refusal)
{
	u64 set = cpu_set(cell->slot, cell->slot), first = set & -set;
	enum status status = units_stuck() ? IOMMU_STUCK : cpu_hold(self, set, refusal);

	if (status != OK)
		return status;
	comm_fill(self, cell);
	arch_clean_memory(self, &cell->view);	/* what root has loaded */
	cell->running = true;
	for (u32 id = 0; id < MACHINE_MAX_CPUS; id++)
		if (set >> id & 1)
			arch_cpu_restart(arch_cpu(id), cell->view.desc->cpu_reset_address, BIT(id) == first);
	cpu_release(self, set);
	return OK;
}
