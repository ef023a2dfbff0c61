// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Formatted text to the console, one call at a time across CPUs. */
#include <stdarg.h>
#include <inmate.h>

struct spec {
	unsigned int width, longs;
	bool left;
	char pad;
};

static void put_padding(const struct spec *spec, unsigned long length, char pad)
{
	for (; length < spec->width; length++)
		console_write(pad);
}

static void put_text(const struct spec *spec, const char *text)
{
	unsigned long length = strlen(text);

	if (!spec->left)
		put_padding(spec, length, ' ');
	while (*text)
		console_write(*text++);
	if (spec->left)
		put_padding(spec, length, ' ');
}

static void put_number(const struct spec *spec, u64 value, bool negative, unsigned int base,
		       const char *digits)
{
	char text[24], *at = text + sizeof(text) - 1;
	struct spec rest = *spec;

	*at = 0;
	do {
		*--at = digits[value % base];
		value /= base;
	} while (value);
	if (negative && spec->pad == '0') {
		console_write('-');
		rest.width -= rest.width > 0;
	} else if (negative) {
		*--at = '-';
	}
	if (spec->pad == '0' && !spec->left)
		put_padding(&rest, strlen(at), '0');
	put_text(spec->pad == '0' && !spec->left ? &(struct spec){ 0 } : &rest, at);
}

static const char *read_spec(const char *at, struct spec *spec)
{
	*spec = (struct spec){ .pad = ' ' };
	for (;; at++) {
		if (*at == '-')
			spec->left = true;
		else if (*at == '0')
			spec->pad = '0';
		else
			break;
	}
	for (; *at >= '0' && *at <= '9'; at++)
		spec->width = spec->width * 10 + (unsigned int)(*at - '0');
	for (; *at == 'l'; at++)
		spec->longs++;
	return at;
}

static void put_signed(const struct spec *spec, s64 value)
{
	put_number(spec, value < 0 ? -(u64)value : (u64)value, value < 0, 10, "0123456789");
}

/* Format one conversion; false when it is unknown. */
static bool put_argument(char conversion, struct spec *spec, va_list *args)
{
	u64 value;

	switch (conversion) {
	case '%':
		console_write('%');
		return true;
	case 'c':
		put_text(spec, (char[]){ (char)va_arg(*args, int), 0 });
		return true;
	case 's':
		put_text(spec, va_arg(*args, const char *));
		return true;
	case 'd':
	case 'i':
		put_signed(spec, spec->longs ? va_arg(*args, s64) : va_arg(*args, int));
		return true;
	case 'p':
		console_write('0');
		console_write('x');
		*spec = (struct spec){ .width = 16, .pad = '0', .longs = 2 };
		break;
	case 'u':
	case 'x':
	case 'X':
		break;
	default:
		return false;
	}
	value = spec->longs ? va_arg(*args, u64) : va_arg(*args, unsigned int);
	put_number(spec, value, false, conversion == 'u' ? 10 : 16,
		   conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef");
	return true;
}

static void format(const char *text, va_list *args)
{
	const char *start;
	struct spec spec;

	while (*text) {
		start = text;
		if (*text++ != '%') {
			console_write(*start);
			continue;
		}
		text = read_spec(text, &spec);
		if (*text && put_argument(*text, &spec, args)) {
			text++;
			continue;
		}
		while (start < text)	/* unknown: as it stands */
			console_write(*start++);
	}
}

void printk(const char *text, ...)
{
	static volatile int lock;
	va_list args;

	while (__atomic_exchange_n(&lock, 1, __ATOMIC_ACQUIRE))
		cpu_relax();
	va_start(args, text);
	format(text, &args);
	va_end(args);
	__atomic_store_n(&lock, 0, __ATOMIC_RELEASE);
}
