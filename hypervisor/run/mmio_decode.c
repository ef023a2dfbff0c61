// SPDX-License-Identifier: GPL-2.0
/*
 * Instruction bytes to one load or store. Two tables of opcode rows hold what differs between opcodes;
 * an opcode without a row is refused. Encoding: AMD64 manual volume 3, chapter 1 and appendix A.
 * This runs in every trapped device access, so the plain mov takes the straight way down.
 */
#include <base/bits.h>
#include <run/mmio_decode.h>

enum row {
	ROW_WIDTH = 0x07,	/* bytes accessed, 0: the operand size */
	ROW_STORE = 0x08,
	ROW_EXTEND = 0x10,	/* the register is as wide as the operand size */
	ROW_SIGN = 0x20,
	/* what follows the opcode: */
	ROW_MODRM = 0x0100,	/* memory operand by ModRM, register in its reg field */
	ROW_GROUP = 0x0200,	/* with ROW_MODRM: reg field must be 0, an immediate follows */
	ROW_OFFSET = 0x0400,	/* an address, the register is AL..RAX */
	ROW_LONG = 0x0800,	/* exists in 64-bit code only */
	ROW_STRING = 0x1000,
	ROW_ESCAPE = 0x2000,	/* an opcode of the second table */
	/* prefixes: */
	ROW_LEGACY = 0x4000,	/* meaning in the low bits */
	ROW_REX = 0x8000,	/* in 64-bit code only */

	ROW_PREFIX = ROW_LEGACY | ROW_REX,
	ROW_OPERANDS = ROW_MODRM | ROW_OFFSET,
};

enum legacy {
	LEGACY_OPERAND = 0x01,
	LEGACY_ADDRESS = 0x02,
	LEGACY_LOCK = 0x04,
	LEGACY_REPEAT = 0x08,
};

static const u16 one_byte[256] = {
	[0x0f] = ROW_ESCAPE,
	[0x26] = ROW_LEGACY,
	[0x2e] = ROW_LEGACY,
	[0x36] = ROW_LEGACY,
	[0x3e] = ROW_LEGACY,
	[0x40 ... 0x4f] = ROW_REX,
	[0x63] = ROW_MODRM | ROW_LONG | ROW_EXTEND | ROW_SIGN | 4,
	[0x64] = ROW_LEGACY,
	[0x65] = ROW_LEGACY,
	[0x66] = ROW_LEGACY | LEGACY_OPERAND,
	[0x67] = ROW_LEGACY | LEGACY_ADDRESS,
	[0x88] = ROW_MODRM | ROW_STORE | 1,
	[0x89] = ROW_MODRM | ROW_STORE,
	[0x8a] = ROW_MODRM | 1,
	[0x8b] = ROW_MODRM,
	[0xa0] = ROW_OFFSET | 1,
	[0xa1] = ROW_OFFSET,
	[0xa2] = ROW_OFFSET | ROW_STORE | 1,
	[0xa3] = ROW_OFFSET | ROW_STORE,
	[0xa4 ... 0xa5] = ROW_STRING,
	[0xaa ... 0xab] = ROW_STRING,
	[0xc6] = ROW_MODRM | ROW_GROUP | ROW_STORE | 1,
	[0xc7] = ROW_MODRM | ROW_GROUP | ROW_STORE,
	[0xf0] = ROW_LEGACY | LEGACY_LOCK,
	[0xf2 ... 0xf3] = ROW_LEGACY | LEGACY_REPEAT,
};

#define TWO_BYTE_FIRST 0xb6
static const u16 two_byte[] = {
	[0xb6 - TWO_BYTE_FIRST] = ROW_MODRM | ROW_EXTEND | 1,
	[0xb7 - TWO_BYTE_FIRST] = ROW_MODRM | ROW_EXTEND | 2,
	[0xbe - TWO_BYTE_FIRST] = ROW_MODRM | ROW_EXTEND | ROW_SIGN | 1,
	[0xbf - TWO_BYTE_FIRST] = ROW_MODRM | ROW_EXTEND | ROW_SIGN | 2,
};

#define REX_W 0x08
#define REX_R 0x04

/* By code size and whether the size prefix is there. */
static const u8 operand_sizes[3][2] = { { 2, 4 }, { 4, 2 }, { 4, 2 } };
static const u8 address_sizes[3][2] = { { 2, 4 }, { 4, 2 }, { 8, 4 } };

/* The instruction while it is read. pos may pass end: whoever needs the bytes asks first. */
struct reader {
	const u8 *pos, *end;
	u32 legacy;	/* LEGACY_* of the prefixes seen, and other bits of their rows */
	u32 rex;	/* 0: none in force */
	u32 code;
};

/* Consume prefixes and opcode; 0: more bytes are needed. */
static u32 read_opcode(struct reader *reader)
{
	u32 row;

	for (;;) {
		if (reader->pos >= reader->end)
			return 0;
		row = one_byte[*reader->pos++];
		if (!(row & ROW_PREFIX))
			break;
		/* A REX prefix only counts right before the opcode. */
		reader->rex = 0;
		if (row & ROW_REX && reader->code != MMIO_CODE_64)
			return ROW_REX;
		if (row & ROW_REX)
			reader->rex = reader->pos[-1];
		reader->legacy |= row;
	}
	if (!(row & ROW_ESCAPE))
		return row ? row : ROW_ESCAPE;
	if (reader->pos >= reader->end)
		return 0;
	row = *reader->pos++ - TWO_BYTE_FIRST;
	return row < sizeof(two_byte) / sizeof(two_byte[0]) && two_byte[row] ? two_byte[row] : ROW_ESCAPE;
}

/* Why an opcode that is not quite a plain load or store is refused, or OK after all. */
static __attribute__((noinline)) enum status check_odd(u32 row, u32 legacy, u32 code)
{
	if (row & ROW_STRING)
		return STATUS_INSN_STRING;
	if (!(row & ROW_OPERANDS))
		return STATUS_INSN_UNKNOWN;
	/* The two vendors disagree about the width of MOVSXD with a 16-bit operand. */
	if (row & ROW_LONG && (code != MMIO_CODE_64 || legacy & LEGACY_OPERAND))
		return STATUS_INSN_UNKNOWN;
	return legacy & (LEGACY_LOCK | LEGACY_REPEAT) ? STATUS_INSN_PREFIX : OK;
}

/* Step over SIB and displacement that belong to a ModRM byte. */
static bool skip_address(struct reader *reader, u32 modrm)
{
	u32 mod = modrm >> 6, base = modrm & 7;
	bool wide = address_sizes[reader->code][reader->legacy >> 1 & 1] > 2;

	if (wide && base == 4) {
		if (reader->pos >= reader->end)
			return false;
		base = *reader->pos++ & 7;
	}
	if (mod == 1)
		reader->pos += 1;
	else if (mod == 2 || base == (wide ? 5 : 6))
		reader->pos += wide ? 4 : 2;
	return true;
}

static u64 cut(u64 value, unsigned width)
{
	return value & ~0ULL >> (64 - width * 8);
}

static u64 widen_sign(u64 value, unsigned width)
{
	unsigned shift = 64 - width * 8;

	return (u64)((s64)(value << shift) >> shift);
}

/* At most 4 bytes; an 8-byte store widens them with their sign. */
static bool read_immediate(struct reader *reader, struct mmio_insn *insn)
{
	unsigned size = insn->width > 4 ? 4 : insn->width, i;
	u64 value = 0;

	if (reader->pos + size > reader->end)
		return false;
	for (i = 0; i < size; i++)
		value |= (u64)*reader->pos++ << (8 * i);
	insn->immediate = true;
	insn->value = cut(widen_sign(value, size), insn->width);
	return true;
}

static enum status too_short(unsigned count)
{
	return count < MMIO_INSN_MAX ? STATUS_INSN_INCOMPLETE : STATUS_INSN_LONG;
}

enum status mmio_decode(struct mmio_insn *insn, const u8 *bytes, unsigned count, enum mmio_code code)
{
	struct reader reader = { .pos = bytes, .code = code };
	u32 row, modrm = 0, reg, size;

	reader.end = bytes + (count < MMIO_INSN_MAX ? count : MMIO_INSN_MAX);
	row = read_opcode(&reader);
	if (!row)
		return too_short(count);
	if (!(row & ROW_OPERANDS) || row & ROW_LONG ||
	    reader.legacy & (LEGACY_LOCK | LEGACY_REPEAT)) {
		enum status status = check_odd(row, reader.legacy, code);

		if (status != OK)
			return status;
	}

	size = reader.rex & REX_W ? 8 : operand_sizes[code][reader.legacy & LEGACY_OPERAND];
	insn->width = (u8)(row & ROW_WIDTH ? row & ROW_WIDTH : size);
	insn->dest_width = (u8)(row & ROW_EXTEND ? size : insn->width);
	insn->write = row & ROW_STORE;
	insn->sign = row & ROW_SIGN;
	insn->immediate = false;

	if (row & ROW_MODRM) {
		if (reader.pos >= reader.end)
			return too_short(count);
		modrm = *reader.pos++;
		/* A register operand makes no access; the group has one member. */
		if (modrm >= 0xc0 || (row & ROW_GROUP && modrm & 0x38))
			return STATUS_INSN_UNKNOWN;
		if (!skip_address(&reader, modrm))
			return too_short(count);
		if (row & ROW_GROUP && !read_immediate(&reader, insn))
			return too_short(count);
	} else {
		reader.pos += address_sizes[code][reader.legacy >> 1 & 1];
	}
	if (reader.pos > reader.end)
		return too_short(count);

	reg = (modrm >> 3 & 7) | (row & ROW_GROUP ? 0 : (reader.rex & REX_R) << 1);
	insn->high_byte = insn->dest_width == 1 && reg >= 4 && !reader.rex;
	insn->reg = (u8)(insn->high_byte ? reg - 4 : reg);
	insn->length = (u8)(reader.pos - bytes);
	return OK;
}

u64 mmio_store_value(const struct mmio_insn *insn, u64 reg)
{
	if (insn->immediate)
		return insn->value;
	return cut(insn->high_byte ? reg >> 8 : reg, insn->width);
}

/* A 32-bit result clears the upper half of the register, 8 and 16-bit results keep the rest. */
u64 mmio_result(const struct mmio_insn *insn, u64 old, u64 value)
{
	u64 result = insn->sign ? widen_sign(value, insn->width) : cut(value, insn->width);
	u64 field = cut(~0ULL, insn->dest_width);

	if (insn->dest_width >= 4)
		return result & field;
	if (insn->high_byte)
		return (old & ~(field << 8)) | (result & field) << 8;
	return (old & ~field) | (result & field);
}
