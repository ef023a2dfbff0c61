/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The two trampolines. The hyp-stub at EL2 opens the way in, the hypervisor the way out; both come
 * back behind the HVC, on Linux's own stack and tables.
 */
#include <linux/linkage.h>
#include <linux/stringify.h>
#include <asm/assembler.h>
#include <asm/virt.h>

#include <jailhouse/hypercall.h>

/* Callee-saved state goes to the stack; all exceptions that can be masked are. */
.macro TRAMP_SAVE
	stp	x29, x30, [sp, #-112]!
	mov	x29, sp
	stp	x18, x19, [sp, #16]
	stp	x20, x21, [sp, #32]
	stp	x22, x23, [sp, #48]
	stp	x24, x25, [sp, #64]
	stp	x26, x27, [sp, #80]
	mrs	x3, daif
	stp	x28, x3, [sp, #96]
	msr	daifset, #0xf
.endm

/* x0 is the result and stays. */
.macro TRAMP_RESTORE
	ldp	x28, x3, [sp, #96]
	ldp	x26, x27, [sp, #80]
	ldp	x24, x25, [sp, #64]
	ldp	x22, x23, [sp, #48]
	ldp	x20, x21, [sp, #32]
	ldp	x18, x19, [sp, #16]
	msr	daif, x3
	ldp	x29, x30, [sp], #112
	ret
.endm

.text

/* int tramp_enter(root, entry, cpu): the stub wants the address in x1 and passes x2 on as x0. */
SYM_FUNC_START(tramp_enter)
	TRAMP_SAVE
	mov	x0, #HVC_SOFT_RESTART
	hvc	#0
	TRAMP_RESTORE
SYM_FUNC_END(tramp_enter)

/* int tramp_leave(void) */
SYM_FUNC_START(tramp_leave)
	TRAMP_SAVE
	mov	x0, #JAILHOUSE_HC_DISABLE
	hvc	#JAILHOUSE_HVC_CODE
	TRAMP_RESTORE
SYM_FUNC_END(tramp_leave)
