/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Power State Coordination Interface (DEN 0022) and the calls it belongs to (SMC Calling Convention, DEN
 * 0028), for the CPUs of one cell among themselves. A CPU that is off waits in the hypervisor. Of all
 * SMCs only those named here reach the firmware: root's system off and reset, and the workarounds that
 * the firmware says it has.
 */
#include <arch/arch.h>
#include <arch/arm64/control.h>
#include <arch/arm64/sysreg.h>
#include <arch/arm64/traps.h>
#include <arch/host_map.h>
#include <port/core.h>

#define PSCI_VERSION		0x84000000
#define PSCI_CPU_SUSPEND	0x84000001
#define PSCI_CPU_OFF		0x84000002
#define PSCI_CPU_ON		0x84000003
#define PSCI_AFFINITY_INFO	0x84000004
#define PSCI_MIGRATE_INFO_TYPE	0x84000006
#define PSCI_SYSTEM_OFF		0x84000008
#define PSCI_SYSTEM_RESET	0x84000009
#define PSCI_FEATURES		0x8400000a
#define SMC64			0x40000000	/* the same call with 64-bit arguments; there is one of: */
#define HAS_SMC64		(BIT(PSCI_CPU_SUSPEND & 15) | BIT(PSCI_CPU_ON & 15) | BIT(PSCI_AFFINITY_INFO & 15))
#define SMCCC_VERSION		0x80000000
#define SMCCC_ARCH_FEATURES	0x80000001
#define SMCCC_WORKAROUND_1	0x80008000
#define SMCCC_WORKAROUND_2	0x80007fff
#define SMCCC_WORKAROUND_3	0x80003fff

#define VERSION_1_1		0x10001
#define NOT_SUPPORTED		(-1)
#define INVALID_PARAMETERS	(-2)
#define DENIED			(-3)
#define ALREADY_ON		(-4)
#define ON_PENDING		(-5)
#define AFFINITY_ON		0
#define AFFINITY_OFF		1
#define AFFINITY_PENDING	2
#define NO_TRUSTED_OS		2	/* MIGRATE_INFO_TYPE: nothing to migrate */

/* Small, where the rest of this file is fast. Calls get x0 and what follows it. */
#define COLD __attribute__((cold))

static s64 firmware(u64 function, u64 argument)
{
	register u64 x0 asm("x0");
	register u64 x1 asm("x1");
	register u64 x2 asm("x2");
	register u64 x3 asm("x3");

	x0 = function;
	x1 = argument;
	x2 = 0;
	x3 = 0;
	asm volatile("smc #0" : "+r"(x0), "+r"(x1), "+r"(x2), "+r"(x3) : :
		     "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13", "x14", "x15", "x16",
		     "x17", "memory");
	return (s64)x0;
}

static const u32 workarounds[] = { SMCCC_WORKAROUND_1, SMCCC_WORKAROUND_2, SMCCC_WORKAROUND_3 };

/*
 * Only Linux knows whether there is firmware that survives the question: without it an SMC may be
 * undefined, or end in nothing at all.
 */
void psci_probe(struct cpu *cpu)
{
	bool asks = image_flags() & CELLBLOCK_FLAG_SMCCC;

	for (unsigned n = 0; n < ARRAY_SIZE(workarounds); n++)
		cpu->workarounds[n] = asks ? (s32)firmware(SMCCC_ARCH_FEATURES, workarounds[n]) : NOT_SUPPORTED;
}

/*
 * What branch predictors have learnt from one owner does not steer the next, and loads do not pass stores
 * unless the new owner wants them to (DEN 0070, WORKAROUND_1 without an argument, WORKAROUND_2 with "on").
 */
void psci_new_owner(const struct cpu *cpu)
{
	for (unsigned n = 0; n < 2; n++)
		if (cpu->workarounds[n] >= 0)
			firmware(workarounds[n], n);
}

static COLD u64 argument(const u64 *regs, unsigned number)
{
	return regs[0] & SMC64 ? regs[number] : (u32)regs[number];
}

/* The CPU that the first argument names; NULL: the cell has no such one. */
static COLD struct cpu *find(const struct cpu *self, const u64 *regs)
{
	u64 mpidr = argument(regs, 1);

	for (u32 id = 0; id < machine.now.plan->num_cpus; id++)
		if (plan_cpus(machine.now.plan)[id] == self->base.cell && cpu_of(id)->mpidr == mpidr)
			return cpu_of(id);
	return NULL;
}

static COLD s64 affinity_info(struct cpu *self, const u64 *regs)
{
	const struct cpu *cpu = find(self, regs);

	if (!cpu || argument(regs, 2) != 0)
		return INVALID_PARAMETERS;
	if (cpu->base.mode == CPU_RUNS)
		return AFFINITY_ON;
	return cpu->base.requests & REQUEST_START ? AFFINITY_PENDING : AFFINITY_OFF;
}

static COLD s64 turn_on(struct cpu *cpu, const u64 *regs)
{
	if (cpu->base.mode != CPU_WAITS)
		return cpu->base.mode == CPU_RUNS ? ALREADY_ON : DENIED;
	if (cpu->base.requests & REQUEST_START)
		return ON_PENDING;
	cpu->base.start = argument(regs, 2);
	cpu->context = argument(regs, 3);
	cpu_request(cpu, REQUEST_START | REQUEST_CONTEXT);
	return 0;
}

/* Under device_lock. Else its cell has ended, or has lost it meanwhile: it speaks for nobody. */
static COLD bool speaks(const struct cpu *self)
{
	return self->base.mode == CPU_RUNS && !(self->base.requests & REQUEST_OFF);
}

static COLD s64 cpu_on(struct cpu *self, const u64 *regs)
{
	struct cpu *cpu = NULL;
	s64 result = INVALID_PARAMETERS;

	cpu_lock(self, &machine.device_lock);	/* two may want the same one */
	if (speaks(self))
		cpu = find(self, regs);
	if (cpu)
		result = turn_on(cpu, regs);
	cpu_unlock(&machine.device_lock);
	return result;
}

static s64 cpu_off(struct cpu *self, const u64 *unused)
{
	(void)unused;
	self->base.mode = CPU_WAITS;
	return 0;
}

/*
 * As standby: until the next interrupt, which may be here already. One that is not for EL2 need not wake a
 * CPU there (DDI 0487, D1.6.2), so with direct delivery they are led there meanwhile, where they are masked.
 */
static COLD s64 cpu_suspend(struct cpu *self, const u64 *unused)
{
	u64 hcr = read_sysreg(hcr_el2);

	(void)unused;
	if (!gic_cpu_empty(self))
		return 0;
	write_sysreg(hcr_el2, hcr | HCR_IMO);
	isb();
	asm volatile("dsb sy; wfi" : : : "memory");
	write_sysreg(hcr_el2, hcr);
	return 0;
}

static s64 version(struct cpu *unused, const u64 *unused2)
{
	(void)unused;
	(void)unused2;
	return VERSION_1_1;
}

static s64 migrate_info(struct cpu *unused, const u64 *unused2)
{
	(void)unused;
	(void)unused2;
	return NO_TRUSTED_OS;
}

/* Off or reset: the machine goes with root; any other cell just ends, and none of its CPUs comes back. */
static COLD s64 system_end(struct cpu *self, const u64 *regs)
{
	bool ends;

	if (self->base.cell == 0)
		return firmware((u32)regs[0], 0);
	cpu_lock(self, &machine.device_lock);
	ends = speaks(self);
	for (u32 id = 0; ends && id < machine.now.plan->num_cpus; id++)
		if (plan_cpus(machine.now.plan)[id] == self->base.cell && cpu_of(id) != self)
			cpu_request(cpu_of(id), REQUEST_OFF);
	if (ends)
		self->base.mode = CPU_WAITS;
	cpu_unlock(&machine.device_lock);
	if (ends)
		core_cell_ended(self);
	return 0;
}

static s64 psci_features(struct cpu *self, const u64 *regs);

typedef s64 (*call_t)(struct cpu *self, const u64 *regs);

static s64 unsupported(struct cpu *unused, const u64 *unused2)
{
	(void)unused;
	(void)unused2;
	return NOT_SUPPORTED;
}

/* None is missing, so that looking one up needs no more than its range. */
static const call_t calls[] = {
	[PSCI_VERSION & 15] = version,
	[PSCI_CPU_SUSPEND & 15] = cpu_suspend,
	[PSCI_CPU_OFF & 15] = cpu_off,
	[PSCI_CPU_ON & 15] = cpu_on,
	[PSCI_AFFINITY_INFO & 15] = affinity_info,
	[5] = unsupported,	/* MIGRATE */
	[PSCI_MIGRATE_INFO_TYPE & 15] = migrate_info,
	[7] = unsupported,	/* MIGRATE_INFO_UP_CPU */
	[PSCI_SYSTEM_OFF & 15] = system_end,
	[PSCI_SYSTEM_RESET & 15] = system_end,
	[PSCI_FEATURES & 15] = psci_features,
};

static u32 psci_index(u32 function)
{
	u32 index = function - PSCI_VERSION;

	return index & SMC64 && HAS_SMC64 >> (index & 31) & 1 ? index & ~SMC64 : index;
}

static COLD s64 psci_features(struct cpu *unused, const u64 *regs)
{
	u32 index = psci_index((u32)regs[1]);

	(void)unused;
	if ((u32)regs[1] == SMCCC_VERSION || (index < ARRAY_SIZE(calls) && calls[index] != unsupported))
		return 0;
	return NOT_SUPPORTED;
}

/* What the firmware says about the workarounds of this CPU holds for every cell. */
static s64 smccc(const struct cpu *cpu, u32 function, u32 asked)
{
	bool asks = function == SMCCC_ARCH_FEATURES;

	if (function == SMCCC_VERSION)
		return VERSION_1_1;
	for (unsigned n = 0; n < ARRAY_SIZE(workarounds); n++)
		if (workarounds[n] == (asks ? asked : function))
			return asks || cpu->workarounds[n] < 0 ? cpu->workarounds[n] :
								 firmware(function, asked);
	return asks && asked <= SMCCC_ARCH_FEATURES && asked >= SMCCC_VERSION ? 0 : NOT_SUPPORTED;
}

bool smccc_call(struct cpu *cpu)
{
	u64 *regs = cpu_regs(cpu);
	u32 function = (u32)regs[0], index = psci_index(function);

	if (index < ARRAY_SIZE(calls)) {
		cpu->base.stat[STAT_PSCI]++;
		regs[0] = (u64)calls[index](cpu, regs);
	} else {
		cpu->base.stat[STAT_SMCCC]++;
		regs[0] = (u64)smccc(cpu, function, (u32)regs[1]);
	}
	return true;
}
