// SPDX-License-Identifier: GPL-2.0
/* Can this CPU be taken over now, with which image, and how fast do its clocks run? */
#include <linux/cc_platform.h>
#include <linux/cpumask.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <asm/cpufeature.h>
#include <asm/msr.h>
#include <asm/tsc.h>

#include <config/config.h>

#include "cpu_arch.h"
#include "lapic_x86.h"
#include "refusal.h"

MODULE_FIRMWARE("jailhouse-amd.bin");

const struct config_arch *const cpu_config_arch = &config_x86;

static const struct {
	unsigned int feature;
	const char *image;	/* NULL: not in this version */
	const char *name;
} virtualizations[] = {
	{ X86_FEATURE_SVM, "jailhouse-amd.bin", "SVM" },
	{ X86_FEATURE_VMX, NULL, "VMX" },
};

int cpu_arch_image(const char **name)
{
	unsigned int n;

	for (n = 0; n < ARRAY_SIZE(virtualizations); n++) {
		if (!boot_cpu_has(virtualizations[n].feature))
			continue;
		*name = virtualizations[n].image;
		if (*name)
			return 0;
		return refuse(-ENODEV, "CPU: it has %s, which this version does not support yet; use an AMD CPU with SVM",
			      virtualizations[n].name);
	}
	return refuse(-ENODEV, "CPU: neither SVM nor VMX is available; switch on virtualization in the firmware setup or use another CPU");
}

/* Highest numbered CPU with EFER.SVME set, -1: none. */
static void find_svme(void *user)
{
	u64 efer;

	rdmsrl(MSR_EFER, efer);
	if (efer & EFER_SVME)
		atomic_set(user, smp_processor_id());
}

int cpu_arch_check(const struct jailhouse_system *unused)
{
	atomic_t user = ATOMIC_INIT(-1);

	if (cc_platform_has(CC_ATTR_GUEST_MEM_ENCRYPT))
		return refuse(-ENODEV, "CPU: this Linux is an encrypted guest (SEV), which cannot run a hypervisor; use the machine itself");
	if (!boot_cpu_has(X86_FEATURE_SVM))
		return 0;
	on_each_cpu(find_svme, &user, 1);
	if (atomic_read(&user) >= 0)
		return refuse(-EBUSY, "CPU %d: SVM is in use (EFER.SVME is set), most likely by KVM; stop its guests and run \"modprobe -r kvm_amd\"",
			      atomic_read(&user));
	return 0;
}

u32 cpu_arch_flags(void)
{
	return 0;
}

void cpu_arch_clocks(struct jailhouse_system *config)
{
	if (!config->platform_info.x86.tsc_khz)
		config->platform_info.x86.tsc_khz = tsc_khz;
	if (!config->platform_info.x86.apic_khz)
		config->platform_info.x86.apic_khz = lapic_khz();
}

/* Caches are coherent, and never off while they hold something. */
void cpu_arch_sync(const void *unused, u64 size)
{
}

/* The map (E820) that Linux shows has it all. */
bool cpu_arch_firmware_has(u64 start, u64 size)
{
	return false;
}

void cpu_arch_set_aside(char *text, size_t text_size, u64 start, u64 size)
{
	scnprintf(text, text_size, "memmap=%lluM$0x%llx", size >> 20, start);
}
