/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which access does this instruction make? The bytes of a trapped instruction become a description of
 * one load or store. The address is not computed: the nested page fault has already named it.
 */
#ifndef RUN_MMIO_DECODE_H
#define RUN_MMIO_DECODE_H

#include <base/status.h>

#define MMIO_INSN_MAX 15	/* bytes of the longest x86 instruction */

/* What the guest's code segment says (CS.L, CS.D). */
enum mmio_code {
	MMIO_CODE_16,
	MMIO_CODE_32,
	MMIO_CODE_64,
};

struct mmio_insn {
	u8 length;		/* bytes of the whole instruction */
	u8 width;		/* bytes accessed: 1, 2, 4, 8 */
	u8 reg;			/* 0..15 in encoding order: AX CX DX BX SP BP SI DI R8..R15 */
	u8 dest_width;		/* load: bytes the register receives, >= width */
	bool write;
	bool immediate;		/* store of value, no register takes part */
	bool high_byte;		/* the operand is bits 15..8 of reg (AH CH DH BH) */
	bool sign;		/* load: widened with the sign instead of zeros */
	u64 value;		/* the immediate, cut to width */
};

/*
 * Decode the instruction at bytes[0], of which count bytes are at hand (more than MMIO_INSN_MAX are not
 * looked at). STATUS_INSN_INCOMPLETE: more bytes are needed, for example from the next page; *insn is
 * then not valid. Every other status refuses the instruction for good.
 */
enum status mmio_decode(struct mmio_insn *insn, const u8 *bytes, unsigned count,
			enum mmio_code code) MUST_USE;

/* The last short instruction that was decoded; zeroed, it holds none. One per CPU. */
struct mmio_memo {
	u64 head;	/* its first 8 bytes */
	enum mmio_code code;
	struct mmio_insn insn;	/* at most 8 bytes long; length 0: none */
};

/*
 * The same answer as mmio_decode, found at once when the bytes are those of the last time: a driver's
 * accessor traps again and again. Nothing needs to be flushed, as the bytes themselves are compared.
 */
enum status mmio_decode_again(struct mmio_memo *memo, struct mmio_insn *insn, const u8 *bytes,
			      unsigned count, enum mmio_code code) MUST_USE;

/* What a store puts on the bus; reg is the content of insn->reg, not used for an immediate. */
u64 mmio_store_value(const struct mmio_insn *insn, u64 reg);

/* New content of insn->reg after a load of value; old is its content before. */
u64 mmio_result(const struct mmio_insn *insn, u64 old, u64 value);

#endif
