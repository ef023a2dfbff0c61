// SPDX-License-Identifier: GPL-2.0
/* How a format and its values become text in a bounded buffer; nothing else is touched. */
#include <base/print.h>

#define DIGITS 20	/* of the longest number: 2^64 - 1 in decimal */

/* Where the next character goes; whatever does not fit is dropped. */
struct text {
	char *to;
	unsigned used, room;
};

/* A va_list as a member, so that its address means the same in every ABI. */
struct values {
	va_list_t args;
};

static void put(struct text *text, char c)
{
	if (text->used < text->room)
		text->to[text->used++] = c;
}

static void put_string(struct text *text, const char *string)
{
	for (string = string ? string : "(null)"; *string; string++)
		put(text, *string);
}

static void put_number(struct text *text, u64 value, unsigned base, unsigned width, char padding)
{
	char digits[DIGITS];
	unsigned count = 0;

	do
		digits[count++] = "0123456789abcdef"[value % base];
	while ((value /= base) != 0);
	for (; width > count; width--)
		put(text, padding);
	while (count > 0)
		put(text, digits[--count]);
}

/*
 * One conversion, from behind its '%'; returns where its letter is, NULL for one that is unknown. Every
 * argument has 8 bytes of its own (AAPCS64 6.8.2, System V ABI for AMD64 3.5.7): one read serves all.
 */
static const char *put_value(struct text *text, const char *at, struct values *values)
{
	const char padding = *at == '0' ? '0' : ' ';
	unsigned width = 0;
	u64 value, mask = 0xffffffff;

	for (; *at >= '0' && *at <= '9'; at++)
		if (width < 1000)
			width = width * 10 + (unsigned)(*at - '0');
	for (; *at == 'l'; at++)
		mask = ~0ULL;
	if (*at != 's' && *at != 'u' && *at != 'x')
		return NULL;
	value = __builtin_va_arg(values->args, u64);
	if (*at == 's')
		put_string(text, (const char *)(__UINTPTR_TYPE__)value);
	else
		put_number(text, value & mask, *at == 'x' ? 16 : 10, width, padding);
	return at;
}

static void put_all(struct text *text, const char *format, struct values *values)
{
	for (; *format; format++) {
		const char *letter = *format == '%' ? put_value(text, format + 1, values) : NULL;

		if (letter)
			format = letter;
		else
			put(text, *format);
	}
}

unsigned print_to_v(char *to, unsigned size, const char *format, va_list_t args)
{
	struct text text = { .to = to, .room = size ? size - 1 : 0 };
	struct values values;

	if (size == 0)
		return 0;
	__builtin_va_copy(values.args, args);
	put_all(&text, format, &values);
	__builtin_va_end(values.args);
	to[text.used] = 0;
	return text.used;
}

unsigned print_to(char *text, unsigned size, const char *format, ...)
{
	va_list_t args;
	unsigned length;

	__builtin_va_start(args, format);
	length = print_to_v(text, size, format, args);
	__builtin_va_end(args);
	return length;
}
