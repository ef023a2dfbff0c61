// SPDX-License-Identifier: GPL-2.0
/*
 * Instruction bytes to one load or store. A byte's class is a prefix or a row; a row holds what differs
 * between opcodes, and a byte without one is refused. Encoding: AMD64 manual volume 3, chapter 1 and
 * appendix A. This runs in trapped device accesses, so a plain mov goes straight down.
 */
#include <base/bits.h>
#include <run/mmio_decode.h>

enum form {
	FORM_MODRM,	/* memory operand by ModRM, register in its reg field */
	FORM_GROUP,	/* the same; the reg field must be 0, an immediate follows */
	FORM_OFFSET,	/* an address follows, the register is AL..RAX */
};

/* Operand sizes 2, 4 and 8 index the widths. */
struct row {
	u8 form;
	bool write, sign;
	u8 width[3];	/* bytes accessed */
	u8 dest[3];	/* bytes of the register */
};

#define BYTES1 { 1, 1, 1 }
#define BYTES2 { 2, 2, 2 }
#define BYTES4 { 4, 4, 4 }
#define OPERAND { 2, 4, 8 }

enum class {
	REFUSED,
	LOAD_BYTE,
	LOAD,
	STORE_BYTE,
	STORE,
	LOAD_OFFSET_BYTE,
	LOAD_OFFSET,
	STORE_OFFSET_BYTE,
	STORE_OFFSET,
	STORE_IMMEDIATE_BYTE,
	STORE_IMMEDIATE,
	ZERO_BYTE,
	ZERO_WORD,
	SIGN_BYTE,
	SIGN_WORD,
	SIGN_DWORD,
	NUM_ROWS,
	/* no rows: */
	STRING = 0x20,
	ESCAPE = 0x40,	/* an opcode of the second table follows */
	/* prefixes, with what they say in the low bits: */
	PREFIX = 0x80,
	PREFIX_OPERAND = 0x01,
	PREFIX_ADDRESS = 0x02,
	PREFIX_LOCK = 0x04,
	PREFIX_REPEAT = 0x08,
	PREFIX_REX = 0x40,
};

static const struct row rows[NUM_ROWS] = {
	[LOAD_BYTE] = { FORM_MODRM, false, false, BYTES1, BYTES1 },
	[LOAD] = { FORM_MODRM, false, false, OPERAND, OPERAND },
	[STORE_BYTE] = { FORM_MODRM, true, false, BYTES1, BYTES1 },
	[STORE] = { FORM_MODRM, true, false, OPERAND, OPERAND },
	[LOAD_OFFSET_BYTE] = { FORM_OFFSET, false, false, BYTES1, BYTES1 },
	[LOAD_OFFSET] = { FORM_OFFSET, false, false, OPERAND, OPERAND },
	[STORE_OFFSET_BYTE] = { FORM_OFFSET, true, false, BYTES1, BYTES1 },
	[STORE_OFFSET] = { FORM_OFFSET, true, false, OPERAND, OPERAND },
	[STORE_IMMEDIATE_BYTE] = { FORM_GROUP, true, false, BYTES1, BYTES1 },
	[STORE_IMMEDIATE] = { FORM_GROUP, true, false, OPERAND, OPERAND },
	[ZERO_BYTE] = { FORM_MODRM, false, false, BYTES1, OPERAND },
	[ZERO_WORD] = { FORM_MODRM, false, false, BYTES2, OPERAND },
	[SIGN_BYTE] = { FORM_MODRM, false, true, BYTES1, OPERAND },
	[SIGN_WORD] = { FORM_MODRM, false, true, BYTES2, OPERAND },
	[SIGN_DWORD] = { FORM_MODRM, false, true, BYTES4, OPERAND },
};

static const u8 one_byte[256] = {
	[0x0f] = ESCAPE,
	[0x26] = PREFIX,
	[0x2e] = PREFIX,
	[0x36] = PREFIX,
	[0x3e] = PREFIX,
	[0x40 ... 0x4f] = PREFIX | PREFIX_REX,
	[0x63] = SIGN_DWORD,
	[0x64] = PREFIX,
	[0x65] = PREFIX,
	[0x66] = PREFIX | PREFIX_OPERAND,
	[0x67] = PREFIX | PREFIX_ADDRESS,
	[0x88] = STORE_BYTE,
	[0x89] = STORE,
	[0x8a] = LOAD_BYTE,
	[0x8b] = LOAD,
	[0xa0] = LOAD_OFFSET_BYTE,
	[0xa1] = LOAD_OFFSET,
	[0xa2] = STORE_OFFSET_BYTE,
	[0xa3] = STORE_OFFSET,
	[0xa4 ... 0xa5] = STRING,
	[0xaa ... 0xab] = STRING,
	[0xc6] = STORE_IMMEDIATE_BYTE,
	[0xc7] = STORE_IMMEDIATE,
	[0xf0] = PREFIX | PREFIX_LOCK,
	[0xf2 ... 0xf3] = PREFIX | PREFIX_REPEAT,
};

#define TWO_BYTE_FIRST 0xb6
static const u8 two_byte[] = {
	[0xb6 - TWO_BYTE_FIRST] = ZERO_BYTE,
	[0xb7 - TWO_BYTE_FIRST] = ZERO_WORD,
	[0xbe - TWO_BYTE_FIRST] = SIGN_BYTE,
	[0xbf - TWO_BYTE_FIRST] = SIGN_WORD,
};

#define REX_W 0x08
#define REX_R 0x04

/* Indices into the widths of a row, by code size and whether the operand size prefix is there. */
static const u8 operand_index[3][2] = { { 0, 1 }, { 1, 0 }, { 1, 0 } };
#define OPERAND_8 2

/* The instruction while it is read. pos may pass end: whoever needs the bytes asks first. */
struct reader {
	const u8 *pos, *end;
	u32 prefixes;	/* PREFIX_* seen */
	u32 rex;	/* 0: none in force */
	enum mmio_code code;
};

/* Consume the prefixes; the last byte read is the opcode. False: more bytes are needed. */
static bool read_prefixes(struct reader *reader, u32 *class)
{
	for (;;) {
		if (reader->pos >= reader->end)
			return false;
		*class = one_byte[*reader->pos++];
		if (!(*class & PREFIX))
			return true;
		reader->rex = 0;
		if (!(*class & PREFIX_REX)) {
			reader->prefixes |= *class;
		} else if (reader->code == MMIO_CODE_64) {
			reader->rex = reader->pos[-1];	/* only counts right before the opcode */
		} else {
			*class = REFUSED;
			return true;
		}
	}
}

/* An opcode of two bytes, or one that is no load or store: its class, or why it is refused. */
static __attribute__((noinline)) enum status read_other(const u8 *pos, const u8 *end, u32 *class)
{
	u32 index;

	if (*class == STRING)
		return STATUS_INSN_STRING;
	if (*class != ESCAPE)
		return STATUS_INSN_UNKNOWN;
	if (pos >= end)
		return STATUS_INSN_INCOMPLETE;
	index = (u32)*pos - TWO_BYTE_FIRST;
	if (index >= sizeof(two_byte) || two_byte[index] == REFUSED)
		return STATUS_INSN_UNKNOWN;
	*class = two_byte[index];
	return OK;
}

/* Bytes of an address in this instruction: 2, 4 or 8. */
static unsigned address_size(const struct reader *reader)
{
	bool toggled = reader->prefixes & PREFIX_ADDRESS;

	if (reader->code == MMIO_CODE_64)
		return toggled ? 4 : 8;
	return (reader->code == MMIO_CODE_16) != toggled ? 2 : 4;
}

/* Step over the displacement, and over the SIB byte if there is one. False: it is missing. */
static bool skip_address(struct reader *reader, u32 modrm)
{
	bool wide = address_size(reader) > 2;
	u32 base = modrm & 7;

	if (wide && base == 4) {
		if (reader->pos >= reader->end)
			return false;
		base = *reader->pos++ & 7;
	}
	if (modrm < 0x40)
		reader->pos += base != (wide ? 5 : 6) ? 0 : wide ? 4 : 2;
	else if (modrm < 0x80)
		reader->pos += 1;
	else
		reader->pos += wide ? 4 : 2;
	return true;
}

/* Bits of a u64 above a value of width bytes. */
static unsigned bits_above(unsigned width)
{
	return (64 - width * 8) & 63;
}

static u64 cut(u64 value, unsigned width)
{
	return value & ~0ULL >> bits_above(width);
}

static u64 widen_sign(u64 value, unsigned width)
{
	return (u64)((s64)(value << bits_above(width)) >> bits_above(width));
}

/* At most 4 bytes; an 8-byte store widens them with their sign. False: they are missing. */
static __attribute__((noinline)) bool read_immediate(struct mmio_insn *insn, const u8 *pos,
						     const u8 *end)
{
	unsigned size = insn->width > 4 ? 4 : insn->width, i;
	u64 value = 0;

	if (pos + size > end)
		return false;
	for (i = 0; i < size; i++)
		value |= (u64)pos[i] << (8 * i);
	insn->immediate = true;
	insn->value = cut(widen_sign(value, size), insn->width);
	return true;
}

/* ModRM and what belongs to it. STATUS_INSN_INCOMPLETE also for bytes that can never come. */
static enum status read_modrm(struct reader *reader, const struct row *row,
			      struct mmio_insn *insn)
{
	u32 modrm;

	if (reader->pos >= reader->end)
		return STATUS_INSN_INCOMPLETE;
	modrm = *reader->pos++;
	if (modrm >= 0xc0)	/* a register operand makes no access */
		return STATUS_INSN_UNKNOWN;
	if (!skip_address(reader, modrm))
		return STATUS_INSN_INCOMPLETE;
	insn->reg = (u8)((modrm >> 3 & 7) | (reader->rex & REX_R) << 1);
	if (row->form == FORM_MODRM)
		return OK;
	if (modrm & 0x38)	/* the group has one member */
		return STATUS_INSN_UNKNOWN;
	insn->reg = 0;
	if (!read_immediate(insn, reader->pos, reader->end))
		return STATUS_INSN_INCOMPLETE;
	reader->pos += insn->width > 4 ? 4 : insn->width;
	return OK;
}

static enum status decode(struct mmio_insn *insn, struct reader *reader)
{
	enum status status = OK;
	const struct row *row;
	u32 class, size;

	if (!read_prefixes(reader, &class))
		return STATUS_INSN_INCOMPLETE;
	if (class - 1 >= NUM_ROWS - 1) {
		status = read_other(reader->pos, reader->end, &class);
		if (status != OK)
			return status;
		reader->pos++;
	}
	if (reader->prefixes & (PREFIX_LOCK | PREFIX_REPEAT))
		return STATUS_INSN_PREFIX;
	/* The two vendors disagree about the width of MOVSXD with a 16-bit operand. */
	if (class == SIGN_DWORD &&
	    (reader->code != MMIO_CODE_64 || reader->prefixes & PREFIX_OPERAND))
		return STATUS_INSN_UNKNOWN;

	size = reader->rex & REX_W ? OPERAND_8 :
		operand_index[reader->code][reader->prefixes & PREFIX_OPERAND];
	row = &rows[class];
	*insn = (struct mmio_insn){
		.width = row->width[size], .dest_width = row->dest[size],
		.write = row->write, .sign = row->sign,
	};
	if (row->form == FORM_OFFSET)
		reader->pos += address_size(reader);
	else
		status = read_modrm(reader, row, insn);
	if (status == OK && reader->pos > reader->end)
		return STATUS_INSN_INCOMPLETE;
	return status;
}

enum status mmio_decode(struct mmio_insn *insn, const u8 *bytes, unsigned count, enum mmio_code code)
{
	struct reader reader = { .pos = bytes, .code = code };
	enum status status;

	reader.end = bytes + (count < MMIO_INSN_MAX ? count : MMIO_INSN_MAX);
	status = decode(insn, &reader);
	if (status == STATUS_INSN_INCOMPLETE && count >= MMIO_INSN_MAX)
		return STATUS_INSN_LONG;
	if (status != OK)
		return status;
	insn->length = (u8)(reader.pos - bytes);
	if (insn->dest_width == 1 && insn->reg >= 4 && !reader.rex) {
		insn->high_byte = true;
		insn->reg -= 4;
	}
	return OK;
}

enum status mmio_decode_again(struct mmio_memo *memo, struct mmio_insn *insn, const u8 *bytes,
			      unsigned count, enum mmio_code code)
{
	enum status status;
	u64 head = 0;

	if (count >= sizeof(head)) {
		__builtin_memcpy(&head, bytes, sizeof(head));
		if (head == memo->head && code == memo->code && memo->insn.length) {
			*insn = memo->insn;
			return OK;
		}
	}
	status = mmio_decode(insn, bytes, count, code);
	if (status == OK && count >= sizeof(head) && insn->length <= sizeof(head))
		*memo = (struct mmio_memo){ .head = head, .code = code, .insn = *insn };
	return status;
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
