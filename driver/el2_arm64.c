// SPDX-License-Identifier: GPL-2.0
/*
 * Who owns EL2? A Linux that was started there leaves a few instructions behind, the hyp-stub,
 * unless KVM has moved in or Linux has stayed itself. The stub is known by its answer to a call
 * that means nothing: HVC_STUB_ERR. Everybody else says "not supported". But where Linux was not
 * started at EL2 there may be nobody, and the call would not come back: HVC can be switched off, or
 * the vectors can be those of a kernel that is no more.
 */
#include <linux/bitfield.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/smp.h>
#include <asm/ptrace.h>
#include <asm/sysreg.h>
#include <asm/virt.h>
#include <clocksource/arm_arch_timer.h>

#include "el2_arm64.h"
#include "refusal.h"

#define NO_SUCH_CALL	0x7777
#define STUB_PARAMETER	"kvm-arm.mode=none"
#define VHE_PARAMETER	" id_aa64mmfr1.vh=0"

/* Fields of ID registers, as the CPU has them and not as the command line wants them seen. */
#define ID_AA64PFR0_EL2		GENMASK_ULL(11, 8)
#define ID_AA64MMFR1_VH		GENMASK_ULL(11, 8)

/*
 * No symbol for modules tells how Linux was started, but it has the physical timer when at EL2, so
 * that guests can have the virtual one, and this one otherwise. It is due in the future then;
 * firmware that forgot to switch it off has left one that is long over.
 */
static bool started_below_el2(void)
{
	const u64 due = ARCH_TIMER_CTRL_ENABLE;

	return (read_sysreg(cntv_ctl_el0) & (due | ARCH_TIMER_CTRL_IT_MASK |
					     ARCH_TIMER_CTRL_IT_STAT)) == due;
}

static u64 el2_answer(void)
{
	register u64 x0 asm("x0") = NO_SUCH_CALL;

	/* SMCCC 1.0, 3.1: whoever answers may change x0 to x17. */
	asm volatile("hvc #0" : "+r" (x0) : : "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9",
		     "x10", "x11", "x12", "x13", "x14", "x15", "x16", "x17", "memory");
	return x0;
}

/* Counts the CPUs whose EL2 is not the stub's. */
static void count_owned(void *owned)
{
	if (el2_answer() != HVC_STUB_ERR)
		atomic_inc(owned);
}

/*
 * Without EL2, HVC is an undefined instruction or goes to an emulator; so the register is asked
 * first.
 */
int el2_check(void)
{
	bool vhe = FIELD_GET(ID_AA64MMFR1_VH, read_sysreg(id_aa64mmfr1_el1));
	atomic_t owned = ATOMIC_INIT(0);

	if (read_sysreg(CurrentEL) == CurrentEL_EL2)
		return refuse(-EBUSY, "CPU: this Linux runs at EL2 itself (VHE); boot with "
			      STUB_PARAMETER VHE_PARAMETER);
	if (!FIELD_GET(ID_AA64PFR0_EL2, read_sysreg(id_aa64pfr0_el1)))
		return refuse(-ENODEV, "CPU: there is no EL2, so nothing can be put above Linux; use a machine with EL2 (QEMU: -machine virtualization=on)");
	if (started_below_el2())
		return refuse(-EBUSY, "CPU: this Linux was not started at EL2, so it cannot give it away; start it there: by firmware that does not go down to EL1 itself, not by kexec");
	on_each_cpu(count_owned, &owned, 1);
	if (atomic_read(&owned))
		return refuse(-EBUSY, "CPU: EL2 belongs to KVM, or to another hypervisor, on %d CPUs; boot with "
			      STUB_PARAMETER "%s", atomic_read(&owned), vhe ? VHE_PARAMETER : "");
	return 0;
}
