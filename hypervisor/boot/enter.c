/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Take-over. The first CPU does the work while the others wait in the hypervisor:
 *
 *   own address space ─► check config ─► probe ─► build plan and tables ─► all CPUs here
 *   ─► DMA protection on ─► seal ─► every CPU continues Linux as the root cell
 *
 * Nothing of the hardware has changed before "DMA protection on", and nothing can fail after it.
 */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <base/bits.h>
#include <base/string.h>
#include <boot/console.h>
#include <boot/generation.h>
#include <boot/report.h>
#include <boot/units.h>
#include <port/core.h>

#define EIO		5
#define JOIN_SECONDS	2	/* until a missing CPU ends the take-over */
#define POOL_MAX_PAGES	(CELLBLOCK_TRANSITION_PT_PAGES * 512)

enum phase { PHASE_PREPARE, PHASE_JOIN, PHASE_RUN, PHASE_REFUSED };

static volatile u32 arrived, joined, phase;
static s32 outcome;	/* 0 until the leader has one */
static u8 pool_owners[POOL_MAX_PAGES];
static const struct jailhouse_system *system_blob;

extern char image_start[], image_end[];

static enum status take_pool(void)
{
	const struct jailhouse_header *header = machine.header;
	u64 config = (u64)(image_end - image_start) + header->max_cpus * header->percpu_size;
	u64 first = align_up(config + header->config_size, PAGE_SIZE);
	u64 end = header->hypervisor_size / PAGE_SIZE;

	if (header->max_cpus > MACHINE_MAX_CPUS)
		return STATUS_CPU_COUNT;
	if (end > POOL_MAX_PAGES)
		end = POOL_MAX_PAGES;
	if (first / PAGE_SIZE >= end)
		return STATUS_NO_MEMORY;
	system_blob = (const struct jailhouse_system *)(image_start + config);
	pool_init(&machine.pool, image_start + first, header->hypervisor_phys + first, pool_owners,
		  (u32)(end - first / PAGE_SIZE));
	return OK;
}

/* The copy that counts; what the driver handed over is not looked at again. */
static enum status open_config(struct refusal *refusal)
{
	u32 size = machine.header->config_size;
	u8 owner = pool_new_owner(&machine.pool);
	void *copy = NULL;
	enum status status;

	if (size <= CONFIG_MAX_BLOB)
		copy = pool_alloc(&machine.pool, (size + PAGE_SIZE - 1) / PAGE_SIZE, 1, owner);
	if (!copy)
		return STATUS_NO_MEMORY;
	memcpy(copy, system_blob, size);
	status = system_view_open(&machine.system, arch_config, copy, size, refusal);
	if (status != OK)
		return status;
	machine.set.system = &machine.system;
	machine.cells[0].owner = owner;
	machine.cells[0].view = machine.system.root;
	machine.cells[0].running = true;
	if (machine.header->flags & CELLBLOCK_FLAG_ALLOW_UNPROTECTED)
		machine.set.allow_unprotected = JAILHOUSE_UNPROTECTED_ALL;
	machine.set.phys_bits = arch_phys_bits();
	status = config_check(&machine.set, refusal);
	if (status != OK)
		return status;
	console_init(&machine.system.header->debug_console);
	console_line("Cellblock takes over: %u CPUs, hypervisor memory %llx + %llx",
		     machine.header->online_cpus, machine.header->hypervisor_phys,
		     machine.header->hypervisor_size);
	return OK;
}

static enum status map_ecam(void)
{
	u64 base = machine.system.header->platform_info.pci_mmconfig_base;
	u64 buses = machine.system.header->platform_info.pci_mmconfig_end_bus + 1ULL;

	if (!base || machine.system.header->platform_info.pci_is_virtual)
		return OK;
	machine.pci_hw.ecam = arch_map_device(base, buses << 20);
	machine.pci_hw.buses = (u32)buses;
	return machine.pci_hw.ecam ? OK : STATUS_NO_MEMORY;
}

static enum status prepare(struct cpu *cpu, struct refusal *refusal)
{
	void *zero;
	enum status status = open_config(refusal);

	if (status == OK)
		status = arch_probe(cpu, refusal);
	if (status == OK)
		status = map_ecam();
	if (status == OK)
		status = units_probe(refusal);
	if (status != OK)
		return status;
	zero = pool_alloc(&machine.pool, 1, 1, machine.cells[0].owner);
	if (!zero)
		return STATUS_NO_MEMORY;
	machine.zero_page = PHYS(pool_phys(&machine.pool, zero));
	return generation_build(0, refusal);
}

static enum status wait_for_all(struct refusal *refusal)
{
	u32 online = machine.header->online_cpus;
	u64 start = arch_ticks(), limit = JOIN_SECONDS * arch_second();

	while (joined + 1 != online && arch_ticks() - start < limit)
		arch_relax();
	if (joined + 1 == online)
		return OK;
	*refusal = (struct refusal) { .object = OBJECT_CPU, .a = joined + 1, .b = online };
	return STATUS_CPU_MISSING;
}

/* From here on the hardware changes; what fails is undone before the refusal goes out. */
static enum status put_in_force(struct cpu *cpu, struct refusal *refusal)
{
	enum status status;

	arch_regroup(machine.next.plan, 0);
	generation_commit();
	status = arch_adopt_interrupts(refusal);
	if (status != OK)
		return status;
	status = virtual_pci_adopt(cpu, refusal);
	if (status == OK)
		status = units_start(refusal);
	if (status != OK)
		arch_return_interrupts();
	return status;
}

static enum status lead(struct cpu *cpu, struct refusal *refusal)
{
	enum status status = take_pool();

	if (status == OK)
		status = arch_take_space(cpu);
	if (status == OK)
		status = prepare(cpu, refusal);
	if (status != OK)
		return status;
	phase = PHASE_JOIN;
	status = wait_for_all(refusal);
	if (status == OK)
		status = put_in_force(cpu, refusal);
	return status;
}

static void lead_and_report(struct cpu *cpu)
{
	struct refusal refusal = { 0 };
	enum status status = lead(cpu, &refusal);

	if (status == OK) {
		console_line("Pages in use: %u of %u", machine.pool.used, machine.pool.pages);
		arch_seal();
		phase = PHASE_RUN;
		return;
	}
	refusal.why = status;
	outcome = report_refusal(&refusal);
	phase = PHASE_REFUSED;
}

static void follow(struct cpu *cpu)
{
	while (phase == PHASE_PREPARE && !machine.panicked)
		arch_relax();
	if (phase == PHASE_JOIN) {
		arch_join_space(cpu);
		__atomic_add_fetch(&joined, 1, __ATOMIC_SEQ_CST);
	}
	while (phase == PHASE_JOIN && !machine.panicked)
		arch_relax();
}

s32 core_enter(struct cpu *cpu)
{
	if (__atomic_fetch_add(&arrived, 1, __ATOMIC_SEQ_CST) == 0) {
		machine.header = (struct jailhouse_header *)image_start;
		lead_and_report(cpu);
	} else {
		follow(cpu);
	}
	if (phase != PHASE_RUN)
		return outcome ? outcome : -EIO;	/* none: the leader panicked */
	arch_run(cpu);
}
