// SPDX-License-Identifier: GPL-2.0
/* How a format and its values become text in a bounded buffer; nothing else is touched. */
#include <base/print.h>

#define ARG(args, type) __builtin_va_arg(args, type)
#define DIGITS 20	/* of the longest number: 2^64 - 1 in decimal */

/* Where the next character goes; whatever does not fit is dropped. */
struct text {
	char *to;
	unsigned used, room;
};

/* One conversion as it stands between '%' and its letter. */
struct spec {
	unsigned width;
	unsigned longs;		/* number of l */
	bool left, zero;
};

static void put(struct text *text, char c)
{
	if (text->used < text->room)
		text->to[text->used++] = c;
}

static void pad(struct text *text, const struct spec *spec, unsigned length, char with)
{
	for (unsigned i = length; i < spec->width; i++)
		put(text, with);
}

static void put_string(struct text *text, const struct spec *spec, const char *string)
{
	unsigned length = 0;

	if (!string)
		string = "(null)";
	while (string[length])
		length++;
	if (!spec->left)
		pad(text, spec, length, ' ');
	for (unsigned i = 0; i < length; i++)
		put(text, string[i]);
	if (spec->left)
		pad(text, spec, length, ' ');
}

static void put_number(struct text *text, const struct spec *spec, u64 value, unsigned base, bool minus)
{
	char digits[DIGITS];
	unsigned count = 0, length;
	bool zero = spec->zero && !spec->left;

	do
		digits[count++] = "0123456789abcdef"[value % base];
	while ((value /= base) != 0);
	length = count + minus;
	if (!spec->left && !zero)
		pad(text, spec, length, ' ');
	if (minus)
		put(text, '-');
	if (zero)
		pad(text, spec, length, '0');
	while (count > 0)
		put(text, digits[--count]);
	if (spec->left)
		pad(text, spec, length, ' ');
}

/* Flags, width and length in front of the letter; returns where the letter is. */
static const char *spec_read(struct spec *spec, const char *at)
{
	*spec = (struct spec){ 0 };
	for (; *at == '-' || *at == '0'; at++) {
		spec->left |= *at == '-';
		spec->zero |= *at == '0';
	}
	for (; *at >= '0' && *at <= '9'; at++)
		if (spec->width < 1000)
			spec->width = spec->width * 10 + (unsigned)(*at - '0');
	for (; *at == 'l' && spec->longs < 2; at++)
		spec->longs++;
	return at;
}

/* A va_list as a member, so that its address means the same in every ABI. */
struct values {
	va_list_t args;
};

static u64 take_unsigned(const struct spec *spec, struct values *values)
{
	if (spec->longs == 2)
		return ARG(values->args, unsigned long long);
	if (spec->longs == 1)
		return ARG(values->args, unsigned long);
	return ARG(values->args, unsigned int);
}

static s64 take_signed(const struct spec *spec, struct values *values)
{
	if (spec->longs == 2)
		return ARG(values->args, long long);
	if (spec->longs == 1)
		return ARG(values->args, long);
	return ARG(values->args, int);
}

static void put_signed(struct text *text, const struct spec *spec, s64 value)
{
	bool minus = value < 0;

	put_number(text, spec, minus ? 0 - (u64)value : (u64)value, 10, minus);
}

/* Print one value; false: the letter is unknown and no value was taken. */
static bool put_value(struct text *text, const struct spec *spec, char letter, struct values *values)
{
	char c[2] = { 0 };

	switch (letter) {
	case '%':
		put(text, '%');
		return true;
	case 'c':
		c[0] = (char)ARG(values->args, int);
		put_string(text, spec, c);
		return true;
	case 's':
		put_string(text, spec, ARG(values->args, const char *));
		return true;
	case 'd':
		put_signed(text, spec, take_signed(spec, values));
		return true;
	case 'u':
		put_number(text, spec, take_unsigned(spec, values), 10, false);
		return true;
	case 'x':
		put_number(text, spec, take_unsigned(spec, values), 16, false);
		return true;
	case 'p':
		put_number(text, spec, (u64)(__UINTPTR_TYPE__)ARG(values->args, void *), 16, false);
		return true;
	}
	return false;
}

static void put_all(struct text *text, const char *format, struct values *values)
{
	struct spec spec;
	const char *letter;

	while (*format) {
		if (*format != '%') {
			put(text, *format++);
			continue;
		}
		letter = spec_read(&spec, format + 1);
		if (put_value(text, &spec, *letter, values)) {
			format = letter + 1;
			continue;
		}
		while (format < letter)
			put(text, *format++);
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
