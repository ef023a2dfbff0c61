/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A CPU as after a reset: whatever a guest can see of registers is made new, so that nothing of one
 * owner is left for the next. Registers of optional features are named by their encoding, and touched
 * only where the identification registers have them (DDI 0487, D23.2).
 */
#include <arch/arm64/control.h>
#include <arch/arm64/sysreg.h>
#include <base/string.h>

#define zero(name) asm volatile("msr " #name ", xzr" : : : "memory")

static void reset_el1(void)
{
	write_sysreg(sctlr_el1, SCTLR_EL1_RESET);
	write_sysreg(cpacr_el1, CPACR_FP);
	zero(ttbr0_el1);
	zero(ttbr1_el1);
	zero(tcr_el1);
	zero(mair_el1);
	zero(amair_el1);
	zero(contextidr_el1);
	zero(vbar_el1);
	zero(esr_el1);
	zero(far_el1);
	zero(afsr0_el1);
	zero(afsr1_el1);
	zero(elr_el1);
	zero(spsr_el1);
	zero(sp_el0);
	zero(sp_el1);
	zero(tpidr_el0);
	zero(tpidrro_el0);
	zero(tpidr_el1);
	zero(par_el1);
	zero(csselr_el1);
}

static void reset_timers(void)
{
	zero(cntkctl_el1);
	zero(cntp_ctl_el0);
	zero(cntp_cval_el0);
	zero(cntv_ctl_el0);
	zero(cntv_cval_el0);
	zero(cntvoff_el2);
}

static void reset_aarch32(u64 pfr0)
{
	if (id_field(pfr0, 4) != 2)	/* EL1 */
		return;
	zero(dacr32_el2);
	zero(ifsr32_el2);
	zero(fpexc32_el2);
	zero(spsr_abt);
	zero(spsr_und);
	zero(spsr_irq);
	zero(spsr_fiq);
}

/* Scalable registers first: the 128-bit ones are their low parts, four of which come from 64 bytes. */
static void reset_vectors(u64 pfr0, u64 pfr1, const u64 *zeros)
{
	u64 trapped = read_sysreg(cptr_el2);	/* at EL2, too: nobody has used it */

	if (id_field(pfr1, 24) && !(trapped & CPTR_TSM)) {	/* SME: out of streaming mode, ZA off */
		zero(S3_3_C4_C2_2);		/* SVCR */
		zero(S3_0_C1_C2_6);		/* SMCR_EL1, SMPRI_EL1 */
		zero(S3_0_C1_C2_4);
		zero(S3_3_C13_C0_5);		/* TPIDR2_EL0 */
	}
	if (id_field(pfr0, 32) && !(trapped & CPTR_TZ)) {	/* SVE */
		asm volatile(".arch_extension sve\n"
			     ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n"
			     "pfalse p\\n\\().b\n.endr\n"
			     "wrffr p0.b\n"
			     ".arch_extension nosve" : : : "memory");
		zero(S3_0_C1_C2_0);		/* ZCR_EL1 */
	}
	asm volatile(".irp four,v0.2d-v3.2d,v4.2d-v7.2d,v8.2d-v11.2d,v12.2d-v15.2d,v16.2d-v19.2d,"
		     "v20.2d-v23.2d,v24.2d-v27.2d,v28.2d-v31.2d\n"
		     "ld1 {\\four}, [%0]\n.endr" : : "r"(zeros) : "memory");
	zero(fpcr);
	zero(fpsr);
}

/* The control and value registers of the first n of 16: jumps over those which are not there. */
#define reset_pairs(kind, n) do {								\
	u64 skip;										\
	asm volatile("adr %0, 1f\n"								\
		     "sub %0, %0, %1, lsl #3\n"							\
		     "br %0\n"									\
		     ".irp n,15,14,13,12,11,10,9,8,7,6,5,4,3,2,1,0\n"				\
		     "msr dbg" kind "cr\\n\\()_el1, xzr\n"						\
		     "msr dbg" kind "vr\\n\\()_el1, xzr\n.endr\n"					\
		     "1:" : "=&r"(skip) : "r"(n) : "memory");					\
} while (0)

/*
 * Wiped, and not denied: a denial would leave the last owner's recording on, and Linux denies it already
 * (HDFGWTR_EL2) unless it has found that the firmware gives it: else this would trap to EL3.
 */
static void reset_branches(u64 dfr0)
{
	if (!id_field(dfr0, 52) || !id_field(read_sysreg(id_aa64mmfr0_el1), 56) ||	/* BRBE, FGT */
	    !(read_sysreg(S3_4_C3_C1_5) & HDFGWTR_NBRBCTL))
		return;
	zero(S2_1_C9_C0_0);			/* BRBCR_EL1, BRBFCR_EL1, BRBTS_EL1 */
	zero(S2_1_C9_C0_1);
	zero(S2_1_C9_C0_2);
	zero(S2_1_C9_C1_0);			/* BRBINFINJ_EL1, BRBSRCINJ_EL1, BRBTGTINJ_EL1 */
	zero(S2_1_C9_C1_1);
	zero(S2_1_C9_C1_2);
	asm volatile("sys #1, c7, c2, #4" : : : "memory");	/* BRB IALL */
}

/* ID_AA64DFR0_EL1 tells how many breakpoints (15:12) and watchpoints (23:20) there are, less one. */
static void reset_debug(u64 dfr0)
{
	u64 breakpoints = id_field(dfr0, 12) + 1, watchpoints = id_field(dfr0, 20) + 1;

	zero(mdscr_el1);
	zero(mdccint_el1);
	zero(osdlr_el1);
	write_sysreg(dbgclaimclr_el1, 0xff);
	reset_pairs("b", breakpoints);
	reset_pairs("w", watchpoints);
	write_sysreg(oslar_el1, 1);
}

/* Counters of events, of cycles and of instructions. */
#define PMU_ALL	MASK(32, 0)

static void reset_counters(u64 dfr0)
{
	unsigned version = id_field(dfr0, 8);

	if (version == 0 || version == 15)
		return;
	write_sysreg(pmcntenclr_el0, PMU_ALL);
	write_sysreg(pmintenclr_el1, PMU_ALL);
	write_sysreg(pmovsclr_el0, PMU_ALL);
	zero(pmuserenr_el0);
	write_sysreg(pmcr_el0, BIT(1) | BIT(2));	/* counters to zero, off */
	for (u64 n = read_sysreg(pmcr_el0) >> 11 & 31; n-- > 0;) {
		write_sysreg(pmselr_el0, n);
		isb();
		zero(pmxevtyper_el0);
	}
	zero(pmccfiltr_el0);
	zero(pmselr_el0);
}

/*
 * Samples and traces go to memory by the owner's addresses. A buffer that the firmware keeps (P) is not to
 * be touched: that would trap to EL3. What was on its way is in memory since cpu_load_space().
 */
static void reset_profiling(u64 dfr0)
{
	if (id_field(dfr0, 32) && !(read_sysreg(S3_0_C9_C10_7) & BIT(4))) {	/* SPE; PMBIDR_EL1 */
		zero(S3_0_C9_C9_0);		/* PMSCR_EL1 */
		zero(S3_0_C9_C10_0);		/* PMBLIMITR_EL1, PMBPTR_EL1, PMBSR_EL1 */
		zero(S3_0_C9_C10_1);
		zero(S3_0_C9_C10_3);
		zero(S3_0_C9_C9_2);		/* PMSICR_EL1, PMSIRR_EL1, PMSFCR_EL1, PMSEVFR_EL1, PMSLATFR_EL1 */
		zero(S3_0_C9_C9_3);
		zero(S3_0_C9_C9_4);
		zero(S3_0_C9_C9_5);
		zero(S3_0_C9_C9_6);
	}
	if (id_field(dfr0, 44) && !(read_sysreg(S3_0_C9_C11_7) & BIT(4))) {	/* TRBE; TRBIDR_EL1 */
		zero(S3_0_C1_C2_1);		/* TRFCR_EL1 */
		zero(S3_0_C9_C11_0);		/* TRBLIMITR_EL1, TRBPTR_EL1, TRBBASER_EL1, TRBSR_EL1 */
		zero(S3_0_C9_C11_1);
		zero(S3_0_C9_C11_2);
		zero(S3_0_C9_C11_3);
	}
}

static void reset_keys(void)
{
	if (!(read_sysreg(id_aa64isar1_el1) & 0xff000ff0) && !id_field(read_sysreg(S3_0_C0_C6_2), 12))
		return;
	zero(S3_0_C2_C1_0);		/* APIAKey, APIBKey */
	zero(S3_0_C2_C1_1);
	zero(S3_0_C2_C1_2);
	zero(S3_0_C2_C1_3);
	zero(S3_0_C2_C2_0);		/* APDAKey, APDBKey */
	zero(S3_0_C2_C2_1);
	zero(S3_0_C2_C2_2);
	zero(S3_0_C2_C2_3);
	zero(S3_0_C2_C3_0);		/* APGAKey */
	zero(S3_0_C2_C3_1);
}

/* What Linux has left trapped may be trapped by the firmware, too; and nobody has used it. */
static void reset_features(u64 pfr0, u64 pfr1, u64 mmfr3)
{
	if (id_field(pfr1, 8) >= 2) {		/* MTE2 */
		zero(S3_0_C5_C6_0);		/* TFSR_EL1, TFSRE0_EL1, RGSR_EL1, GCR_EL1 */
		zero(S3_0_C5_C6_1);
		zero(S3_0_C1_C0_5);
		zero(S3_0_C1_C0_6);
	}
	if (id_field(pfr0, 56) >= 2 && read_sysreg(hcr_el2) & HCR_ENSCXT) {	/* CSV2_2 */
		zero(S3_0_C13_C0_7);		/* SCXTNUM_EL1, SCXTNUM_EL0 */
		zero(S3_3_C13_C0_7);
	}
	if (id_field(pfr0, 44))			/* AMU */
		zero(S3_3_C13_C2_3);		/* AMUSERENR_EL0 */
	if (image_flags() & CELLBLOCK_FLAG_MPAM) {
		zero(S3_0_C10_C5_0);		/* MPAM1_EL1, MPAM0_EL1 */
		zero(S3_0_C10_C5_1);
		if (id_field(pfr1, 24))		/* SME */
			zero(S3_0_C10_C5_3);	/* MPAMSM_EL1 */
	}
	if (id_field(pfr0, 28))			/* RAS */
		zero(S3_4_C12_C1_1);		/* VDISR_EL2, which a guest has as DISR_EL1 */
	if (id_field(mmfr3, 0) && read_sysreg(S3_4_C1_C2_2) & BIT(14))	/* TCRX; HCRX_EL2.TCR2En */
		zero(S3_0_C2_C0_3);		/* TCR2_EL1 */
	if (id_field(pfr1, 44) && read_sysreg(S3_4_C1_C2_2) & BIT(22)) {	/* GCS; HCRX_EL2.GCSEn */
		zero(S3_0_C2_C5_0);		/* GCSCR_EL1, GCSPR_EL1, GCSCRE0_EL1, GCSPR_EL0 */
		zero(S3_0_C2_C5_1);
		zero(S3_0_C2_C5_2);
		zero(S3_3_C2_C5_1);
	}
	if (id_field(read_sysreg(S3_0_C0_C4_2), 32) && read_sysreg(S3_4_C1_C2_2) & BIT(23))	/* FPMR; EnFPM */
		zero(S3_3_C4_C4_2);		/* FPMR */
	if (id_field(mmfr3, 8) && read_sysreg(S3_4_C1_C1_5) & BIT(58)) {	/* S1PIE; HFGWTR_EL2.nPIR_EL1 */
		zero(S3_0_C10_C2_2);		/* PIRE0_EL1, PIR_EL1 */
		zero(S3_0_C10_C2_3);
	}
	if (id_field(mmfr3, 16) && read_sysreg(S3_4_C1_C1_5) & BIT(59)) {	/* S1POE; nPOR_EL0 */
		zero(S3_0_C10_C2_4);		/* POR_EL1, POR_EL0 */
		zero(S3_3_C10_C2_4);
	}
}

void cpu_reset(struct cpu *cpu, u64 address, u64 context)
{
	u64 pfr0 = read_sysreg(id_aa64pfr0_el1), pfr1 = read_sysreg(id_aa64pfr1_el1);
	u64 dfr0 = read_sysreg(id_aa64dfr0_el1);

	cpu_drop_errors();
	memset(cpu_regs(cpu), 0, CPU_REGS);
	reset_el1();
	reset_timers();
	reset_aarch32(pfr0);
	reset_vectors(pfr0, pfr1, cpu_regs(cpu));
	reset_debug(dfr0);
	reset_counters(dfr0);
	reset_profiling(dfr0);
	reset_branches(dfr0);
	reset_keys();
	reset_features(pfr0, pfr1, read_sysreg(S3_0_C0_C7_3));
	gic_cpu_reset(cpu);
	cpu_take_controls(cpu);
	psci_new_owner(cpu);
	asm volatile("ic iallu" : : : "memory");
	dsb(nsh);
	isb();
	cpu_regs(cpu)[0] = context;
	write_sysreg(elr_el2, address);
	write_sysreg(spsr_el2, SPSR_EL1H_MASKED);
}
