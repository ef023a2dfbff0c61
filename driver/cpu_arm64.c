// SPDX-License-Identifier: GPL-2.0
/* Can this CPU be taken over now, and with which image? */
#include <linux/align.h>
#include <linux/arm-smccc.h>
#include <linux/bitfield.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/version.h>
#include <asm/barrier.h>
#include <asm/cpufeature.h>
#include <asm/sysreg.h>

#include <config/config.h>
#include <jailhouse/header.h>

#include "cpu_arch.h"
#include "el2_arm64.h"
#include "firmware_arm64.h"
#include "machine_arm64.h"
#include "ram.h"

#define IMAGE "jailhouse.bin"

MODULE_FIRMWARE(IMAGE);

const struct config_arch *const cpu_config_arch = &config_arm64;

#define PFR0_MPAM	GENMASK_ULL(43, 40)	/* ID_AA64PFR0_EL1: version of MPAM */
#define CTR_DMIN_LINE	GENMASK_ULL(19, 16)	/* log2 of the words in the smallest data cache line */

int cpu_arch_image(const char **name)
{
	*name = IMAGE;
	return 0;
}

int cpu_arch_check(const struct jailhouse_system *config)
{
	int error = el2_check();

	return error ? error : machine_check(config);
}

/*
 * Firmware may keep MPAM for itself (MPAM3_EL3.TRAPLOWER), unseen in any register: EL2 that tries ends in
 * the firmware. Linux has tried while it booted, since 6.13, unless arm64.nompam has taken it out of PFR0.
 */
static bool has_mpam(void)
{
	return LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0) &&
	       FIELD_GET(PFR0_MPAM, read_sanitised_ftr_reg(SYS_ID_AA64PFR0_EL1));
}

u32 cpu_arch_flags(void)
{
	return (arm_smccc_1_1_get_conduit() == SMCCC_CONDUIT_SMC ? CELLBLOCK_FLAG_SMCCC : 0) |
	       (has_mpam() ? CELLBLOCK_FLAG_MPAM : 0);
}

/* The architecture has a register that tells the timer's rate. */
void cpu_arch_clocks(struct jailhouse_system *unused)
{
}

/*
 * Data cleaned and invalidated to the point of coherency, and no CPU keeps instructions from before,
 * which would be in the way of the first ones of the image; Linux exports no function for that.
 */
void cpu_arch_sync(const void *start, u64 size)
{
	u64 line = 4ULL << FIELD_GET(CTR_DMIN_LINE, read_sysreg(ctr_el0));
	u64 at, end = (u64)start + size;

	for (at = ALIGN_DOWN((u64)start, line); at < end; at += line)
		asm volatile("dc civac, %0" : : "r" (at) : "memory");
	dsb(sy);
	asm volatile("ic ialluis" : : : "memory");
	dsb(ish);
	isb();
}

bool cpu_arch_firmware_has(u64 start, u64 size)
{
	return firmware_has(start, size);
}

/* Linux has no word for a hole; it can only be told to stop below. */
void cpu_arch_set_aside(char *text, size_t text_size, u64 start, u64 size)
{
	scnprintf(text, text_size, "mem=%lluM", ram_below(start) >> 20);
}
