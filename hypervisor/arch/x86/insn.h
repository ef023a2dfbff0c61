/* SPDX-License-Identifier: GPL-2.0 */
/* Single privileged instructions as functions, nothing else. */
#ifndef ARCH_X86_INSN_H
#define ARCH_X86_INSN_H

#include <jailhouse/types.h>

struct descriptor_table {
	u16 limit;
	u64 base;
} __attribute__((packed));

#define READ_REGISTER(name)						\
	static inline u64 read_##name(void)				\
	{								\
		u64 value;						\
		asm volatile("mov %%" #name ", %0" : "=r"(value));	\
		return value;						\
	}
#define WRITE_REGISTER(name)						\
	static inline void write_##name(u64 value)			\
	{								\
		asm volatile("mov %0, %%" #name : : "r"(value) : "memory"); \
	}
READ_REGISTER(cr0) READ_REGISTER(cr2) READ_REGISTER(cr3) READ_REGISTER(cr4)
READ_REGISTER(dr6) READ_REGISTER(dr7)
WRITE_REGISTER(cr0) WRITE_REGISTER(cr2) WRITE_REGISTER(cr3) WRITE_REGISTER(cr4)
WRITE_REGISTER(dr0) WRITE_REGISTER(dr1) WRITE_REGISTER(dr2) WRITE_REGISTER(dr3)
WRITE_REGISTER(dr6) WRITE_REGISTER(dr7)

#define READ_SELECTOR(name)						\
	static inline u16 read_##name(void)				\
	{								\
		u16 value;						\
		asm volatile("mov %%" #name ", %0" : "=r"(value));	\
		return value;						\
	}
READ_SELECTOR(cs) READ_SELECTOR(ss) READ_SELECTOR(ds) READ_SELECTOR(es)

static inline u64 read_msr(u32 msr)
{
	u32 low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr));
	return (u64)high << 32 | low;
}

static inline void write_msr(u32 msr, u64 value)
{
	asm volatile("wrmsr" : : "c"(msr), "a"((u32)value), "d"((u32)(value >> 32)) : "memory");
}

static inline u64 read_tsc(void)
{
	u32 low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high));
	return (u64)high << 32 | low;
}

struct cpuid {
	u32 eax, ebx, ecx, edx;
};

static inline struct cpuid cpuid(u32 leaf, u32 subleaf)
{
	struct cpuid r;

	asm volatile("cpuid" : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx)
			     : "a"(leaf), "c"(subleaf));
	return r;
}

static inline void invlpg(const void *address)
{
	asm volatile("invlpg (%0)" : : "r"(address) : "memory");
}

static inline void cpu_relax(void)
{
	asm volatile("pause" : : : "memory");
}

static inline void wbinvd(void)
{
	asm volatile("wbinvd" : : : "memory");
}

#endif
