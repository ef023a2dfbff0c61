/* SPDX-License-Identifier: GPL-2.0 */
/* A CPU's way from Linux into the hypervisor, and back after a refusal. */
#include <arch/arm64/control.h>
#include <arch/arm64/sysreg.h>
#include <arch/host_map.h>
#include <port/core.h>

#define MPIDR_AFFINITY	0xff00ffffffULL

void cpu_enter(struct cpu *cpu, u32 id)
{
	cpu->base.id = id;
	cpu->mpidr = read_sysreg(mpidr_el1) & MPIDR_AFFINITY;
	if (image_flags() & CELLBLOCK_FLAG_MPAM)
		cpu->linux_state.mpam2 = read_sysreg(S3_4_C10_C5_0);
	psci_probe(cpu);
	cpu_leave(cpu, core_enter(cpu));
}
