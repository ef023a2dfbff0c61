/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A guest touched memory that its table does not map. The syndrome describes single loads and stores of
 * general registers; others (pairs, writeback, vector registers) are not answered by a window.
 */
#include <arch/arm64/sysreg.h>
#include <arch/arm64/traps.h>
#include <arch/windows.h>
#include <base/bits.h>

/* ISS of a data abort (DDI 0487, D23.2.37 "ISS encoding for an exception from a Data Abort"). */
#define ISS_VALID	BIT(24)
#define ISS_SIZE(iss)	((iss) >> 22 & 3)
#define ISS_SIGNED	BIT(21)
#define ISS_REG(iss)	((unsigned)((iss) >> 16 & 31))
#define ISS_64BIT	BIT(15)
#define ISS_EXTERNAL	BIT(9)
#define ISS_CACHE	BIT(8)
#define ISS_WALK	BIT(7)	/* on a walk of the first stage */
#define ISS_WRITE	BIT(6)
#define ISS_STATUS(iss)	((iss) & 0x3c)
#define STATUS_TRANSLATION 0x04
#define STATUS_PERMISSION 0x0c

#define EC_DATA_LOWER	0x24
#define EC_CODE_LOWER	0x20
#define CLASS_SAME	1	/* class + 1: the abort came from the level that takes it */
#define EXTERNAL_ABORT	0x10

static u64 fault_address(void)
{
	return (read_sysreg(hpfar_el2) & MASK(43, 4)) << 8 | (read_sysreg(far_el2) & PAGE_MASK);
}

static u64 extend(u64 value, u64 iss)
{
	unsigned spare = 64 - (8U << ISS_SIZE(iss));

	value <<= spare;
	value = iss & ISS_SIGNED ? (u64)((s64)value >> spare) : value >> spare;
	return iss & ISS_64BIT ? value : (u32)value;
}

/* Nobody can answer: root gets what a bus says where nothing is. */
static void give_up(struct cpu *cpu, u64 syndrome, u64 address)
{
	bool code = ESR_EC(syndrome) == EC_CODE_LOWER;
	bool from_el1 = (read_sysreg(spsr_el2) & SPSR_MODE) != 0;

	refuse(cpu, code ? DENIED_EXECUTE : syndrome & ISS_WRITE ? DENIED_WRITE : DENIED_READ, address, 0);
	write_sysreg(far_el1, read_sysreg(far_el2));
	trap_inject(ESR_EC(syndrome) + (from_el1 ? CLASS_SAME : 0), EXTERNAL_ABORT);
}

static bool answerable(u64 syndrome)
{
	u64 status = ISS_STATUS(syndrome);

	return ESR_EC(syndrome) == EC_DATA_LOWER && syndrome & ISS_VALID &&
	       !(syndrome & (ISS_WALK | ISS_CACHE | ISS_EXTERNAL)) &&
	       (status == STATUS_TRANSLATION || status == STATUS_PERMISSION);
}

/*
 * What is mapped with fewer rights has no window; and HPFAR_EL2 need not have its address (DDI 0487, HPFAR_EL2), but
 * may have one that did trap before.
 */
static enum answer answer(struct cpu *cpu, u64 syndrome, struct access *access)
{
	return ISS_STATUS(syndrome) == STATUS_PERMISSION ? ANSWER_DENIED : access_memory(cpu, access);
}

/* The conditions of a 32-bit program's IT block move on by one instruction (ITAdvance; F1.2.1). */
static u64 it_advance(u64 spsr)
{
	u64 it = field_get(SPSR_IT_HIGH, spsr) << 2 | field_get(SPSR_IT_LOW, spsr);

	it = it & 7 ? (it & 0xe0) | (it << 1 & 0x1f) : 0;
	return (spsr & ~(SPSR_IT_HIGH | SPSR_IT_LOW)) | field_set(SPSR_IT_HIGH, it >> 2) |
	       field_set(SPSR_IT_LOW, it);
}

/* The instruction is done, also as a debugger's single step; that of a 32-bit program may have two bytes. */
static void skip(u64 syndrome)
{
	u64 spsr = read_sysreg(spsr_el2) & ~SPSR_SS;

	if (!(~spsr & (SPSR_AARCH32 | SPSR_THUMB)))
		spsr = it_advance(spsr);
	write_sysreg(spsr_el2, spsr);
	write_sysreg(elr_el2, read_sysreg(elr_el2) + (syndrome & ESR_IL ? 4 : 2));
}

__attribute__((noinline)) void memory_abort(struct cpu *cpu, u64 syndrome)
{
	unsigned reg = ISS_REG(syndrome);
	struct access access = {
		.address = fault_address(),
		.width = (u8)(1U << ISS_SIZE(syndrome)),
		.write = syndrome & ISS_WRITE,
	};

	cpu->base.stat[STAT_MMIO]++;
	if (!answerable(syndrome)) {
		give_up(cpu, syndrome, access.address);
		return;
	}
	if (access.write)
		access.value = cpu_read(cpu, reg) & ~0ULL >> (64 - 8 * access.width);
	if (answer(cpu, syndrome, &access) == ANSWER_DENIED) {
		refuse(cpu, access.write ? DENIED_WRITE : DENIED_READ, access.address, access.width);
		access.value = ~0ULL;
	}
	if (!access.write)
		cpu_write(cpu, reg, extend(access.value, syndrome));
	skip(syndrome);
}
