/* SPDX-License-Identifier: GPL-2.0 */
/* A CPU's way from Linux into the hypervisor, and back: after a refusal, or for good at disable. */
#include <arch/arm64/control.h>
#include <arch/arm64/sysreg.h>
#include <arch/host_map.h>
#include <port/core.h>

#define MPIDR_AFFINITY	0xff00ffffffULL

extern char identity_leave[];
void identity_jump(const struct cpu *cpu, s64 result, u64 phys) __attribute__((noreturn));

static void save_linux(struct linux_state *saved)
{
	saved->hcr = read_sysreg(hcr_el2);
	saved->cptr = read_sysreg(cptr_el2);
	saved->mdcr = read_sysreg(mdcr_el2);
	saved->cnthctl = read_sysreg(cnthctl_el2);
	saved->cntvoff = read_sysreg(cntvoff_el2);
	saved->vttbr = read_sysreg(vttbr_el2);
	saved->vtcr = read_sysreg(vtcr_el2);
	saved->vpidr = read_sysreg(vpidr_el2);
	saved->vmpidr = read_sysreg(vmpidr_el2);
	saved->elr = read_sysreg(elr_el2);
	saved->spsr = read_sysreg(spsr_el2);
}

static void restore_linux(const struct linux_state *saved)
{
	write_sysreg(hcr_el2, saved->hcr);
	write_sysreg(cptr_el2, saved->cptr);
	write_sysreg(mdcr_el2, saved->mdcr);
	write_sysreg(cnthctl_el2, saved->cnthctl);
	write_sysreg(cntvoff_el2, saved->cntvoff);
	write_sysreg(vttbr_el2, saved->vttbr);
	write_sysreg(vtcr_el2, saved->vtcr);
	write_sysreg(vpidr_el2, saved->vpidr);
	write_sysreg(vmpidr_el2, saved->vmpidr);
	write_sysreg(elr_el2, saved->elr);
	write_sysreg(spsr_el2, saved->spsr);
}

/* identity_leave() runs on the table in force, which maps its page at the physical address too. */
void cpu_leave(struct cpu *cpu, s64 result)
{
	u64 phys = machine.header->hypervisor_phys + (u64)(identity_leave - image_start);

	restore_linux(&cpu->linux_state);
	isb();
	tlbi(alle1);	/* Linux's own too: it has invalidated none of them as a guest */
	dsb(nsh);
	identity_jump(cpu, result, phys);
}

void cpu_enter(struct cpu *cpu, u32 id)
{
	cpu->base.id = id;
	cpu->mpidr = read_sysreg(mpidr_el1) & MPIDR_AFFINITY;
	save_linux(&cpu->linux_state);
	cpu_leave(cpu, core_enter(cpu));
}
