/* SPDX-License-Identifier: GPL-2.0 */
/* System registers and barriers (Arm Architecture Reference Manual, DDI 0487). */
#ifndef ARCH_ARM64_SYSREG_H
#define ARCH_ARM64_SYSREG_H

/* SCTLR_EL2 and SCTLR_EL1: bits that are one, and those that matter here */
#define SCTLR_EL2_RES1	0x30c50830
#define SCTLR_M		(1 << 0)
#define SCTLR_C		(1 << 2)
#define SCTLR_I		(1 << 12)
#define SCTLR_EL1_RESET	0x30d00800
#define CPACR_FP	0x300000	/* FPEN: floating point is on, as Jailhouse has it */

/* MAIR_EL2: index 0 write-back memory, index 1 device nGnRE */
#define MAIR_HOST	0x04ff
/* TCR_EL2 without PS: 48 bits, 4 KiB, inner shareable, write-back walks; VTCR_EL2 alike */
#define TCR_WALK	0x3500		/* SH0 3, ORGN0 1, IRGN0 1 */
#define TCR_EL2_RES1	0x80800000
#define TCR_T0SZ_48	16
#define TCR_PS_SHIFT	16
#define VTCR_RES1	0x80000000
#define VTCR_SL0_SHIFT	6

#define SPSR_EL1H_MASKED 0x3c5		/* DAIF, EL1 on its own stack */

#ifndef __ASSEMBLER__

#include <base/bits.h>

/* HCR_EL2, D23.2.53 */
#define HCR_VM		BIT(0)	/* second stage on */
#define HCR_SWIO	BIT(1)	/* invalidation by set and way cleans too */
#define HCR_FMO		BIT(3)	/* physical FIQ, IRQ, SError come to EL2 */
#define HCR_IMO		BIT(4)
#define HCR_AMO		BIT(5)
#define HCR_VSE		BIT(8)	/* a virtual SError is pending */
#define HCR_FB		BIT(9)	/* TLB and cache maintenance reaches every CPU of the domain */
#define HCR_BSU_INNER	BIT(10)
#define HCR_TSC		BIT(19)	/* trap SMC */
#define HCR_TIDCP	BIT(20)	/* trap implementation defined registers */
#define HCR_TACR	BIT(21)	/* trap ACTLR_EL1 */
#define HCR_RW		BIT(31)	/* EL1 is AArch64 */
#define HCR_TLOR	BIT(35)	/* trap the registers of limited ordering regions */
#define HCR_TERR	BIT(36)	/* trap the registers of error records */
#define HCR_APK		BIT(40)	/* pointer authentication stays with EL1 */
#define HCR_API		BIT(41)
#define HCR_ENSCXT	BIT(53)	/* software context numbers likewise */
#define HCR_ATA		BIT(56)	/* memory tags likewise */

/* CPTR_EL2 where EL2 has no host of its own (D23.2.35): trap SVE, SME, registers of the trace unit, AMU */
#define CPTR_TZ		BIT(8)
#define CPTR_TSM	BIT(12)
#define CPTR_TTA	BIT(20)
#define CPTR_TAM	BIT(30)

/* MPAM2_EL2: trap MPAM1_EL1 and MPAM0_EL1; MPAMSM_EL1 is trapped unless EnMPAMSM is set */
#define MPAM2_TRAP1	BIT(48)
#define MPAM2_TRAP0	BIT(49)

/* HDFGWTR_EL2, D23.2: the registers that control the recording of branches are not trapped */
#define HDFGWTR_NBRBCTL	BIT(60)

/* MDCR_EL2, D23.3.17: no event and no cycle counter runs at EL2 */
#define MDCR_HPMD	BIT(17)
#define MDCR_HCCD	BIT(23)

/* ESR_EL2, D23.2.37 */
#define ESR_EC(esr)	((unsigned)((esr) >> 26 & 63))
#define ESR_IL		BIT(25)
#define ESR_ISS(esr)	((u32)(esr) & 0x1ffffff)

#define read_sysreg(name) ({							\
	u64 sysreg_value;							\
	asm volatile("mrs %0, " #name : "=r"(sysreg_value));			\
	sysreg_value;								\
})
#define write_sysreg(name, value)						\
	asm volatile("msr " #name ", %x0" : : "rZ"((u64)(value)) : "memory")

static inline void isb(void)
{
	asm volatile("isb" : : : "memory");
}

/* domain: sy, ish, ishst, nsh ... */
#define dsb(domain) asm volatile("dsb " #domain : : : "memory")
#define tlbi(what) asm volatile("tlbi " #what : : : "memory")

/* 4-bit field of an identification register. */
static inline unsigned id_field(u64 value, unsigned shift)
{
	return value >> shift & 15;
}

#endif
#endif
