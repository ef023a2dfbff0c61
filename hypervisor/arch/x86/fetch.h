/* SPDX-License-Identifier: GPL-2.0 */
/* Bytes of the instruction a guest executes right now. */
#ifndef ARCH_X86_FETCH_H
#define ARCH_X86_FETCH_H

#include <arch/x86/cpu.h>

struct fetched {
	const u8 *bytes;
	unsigned count;	/* 0: the guest's tables do not lead to memory of the cell */
};

/*
 * From the processor's own copy where it makes one, else through the guest's page tables into copy
 * (MMIO_INSN_MAX bytes): up to the end of the page, or also from the next one (across).
 */
struct fetched fetch_instruction(struct cpu *cpu, u8 *copy, bool across);

#endif
