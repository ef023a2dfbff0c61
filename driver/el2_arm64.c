// SPDX-License-Identifier: GPL-2.0
/*
 * Who owns EL2? A Linux that was started there leaves a few instructions behind, the hyp-stub,
 * unless KVM has moved in or Linux has stayed itself. The stub is known by its answer to a call
 * that means nothing: HVC_STUB_ERR. Everybody else says "not supported".
 */
#include <linux/bitfield.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/smp.h>
#include <asm/ptrace.h>
#include <asm/sysreg.h>
#include <asm/virt.h>

#include "el2_arm64.h"
#include "refusal.h"

#define NO_SUCH_CALL	0x7777
#define STUB_PARAMETER	"kvm-arm.mode=none"
#define VHE_PARAMETER	" id_aa64mmfr1.vh=0"

/* Fields of ID registers, as the CPU has them and not as the command line wants them seen. */
#define ID_AA64PFR0_EL2		GENMASK_ULL(11, 8)
#define ID_AA64MMFR1_VH		GENMASK_ULL(11, 8)

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
 * first. Where there is an EL2 and Linux was not started in it, somebody is in it who answers.
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
	on_each_cpu(count_owned, &owned, 1);
	if (atomic_read(&owned))
		return refuse(-EBUSY, "CPU: EL2 belongs to KVM, or to another hypervisor, on %d CPUs; boot with "
			      STUB_PARAMETER "%s", atomic_read(&owned), vhe ? VHE_PARAMETER : "");
	return 0;
}
