// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Words of the command line, separated by blanks. */
#include <inmate.h>

/* What follows NAME= (or, with *bare set, NAME alone); NULL: the word is not there. */
static const char *find(const char *param, bool *bare)
{
	unsigned long length = strlen(param);
	const char *at = cmdline;

	while (*at) {
		while (*at == ' ')
			at++;
		if (!strncmp(at, param, length)) {
			*bare = at[length] == ' ' || at[length] == 0;
			if (*bare || at[length] == '=')
				return at + length + !*bare;
		}
		while (*at && *at != ' ')
			at++;
	}
	return NULL;
}

const char *cmdline_parse_str(const char *param, char *value_buffer, unsigned long buffer_size,
			      const char *default_value)
{
	unsigned long n = 0;
	bool bare = false;
	const char *at = find(param, &bare);

	if ((!at || bare) && !default_value)
		return NULL;
	if (!at || bare)
		for (at = default_value; *at && n + 1 < buffer_size; at++)
			value_buffer[n++] = *at;
	else
		for (; *at && *at != ' ' && n + 1 < buffer_size; at++)
			value_buffer[n++] = *at;
	if (buffer_size)
		value_buffer[n] = 0;
	return value_buffer;
}

/* Value of a digit in bases up to 16, or 16. */
static unsigned int digit(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned int)(c - '0');
	c |= 'a' - 'A';
	return c >= 'a' && c <= 'f' ? (unsigned int)(c - 'a' + 10) : 16;
}

long long cmdline_parse_int(const char *param, long long default_value)
{
	char text[24], *at = text;
	unsigned int base = 10;
	bool negative;
	u64 value = 0;

	cmdline_parse_str(param, text, sizeof(text), "");
	negative = *at == '-';
	at += negative;
	if (at[0] == '0' && (at[1] == 'x' || at[1] == 'X')) {
		base = 16;
		at += 2;
	}
	if (!*at)
		return default_value;
	for (; *at; at++) {
		if (digit(*at) >= base)
			return default_value;
		value = value * base + digit(*at);
	}
	return (long long)(negative ? -value : value);
}

bool cmdline_parse_bool(const char *param, bool default_value)
{
	static const char *const no[] = { "0", "n", "no", "false", "off" };
	static const char *const yes[] = { "1", "y", "yes", "true", "on" };
	char text[8];
	bool bare = false;
	unsigned int i;

	if (!find(param, &bare))
		return default_value;
	if (bare)
		return true;
	cmdline_parse_str(param, text, sizeof(text), "");
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
		if (!strncasecmp(text, no[i], sizeof(text)))
			return false;
		if (!strncasecmp(text, yes[i], sizeof(text)))
			return true;
	}
	return default_value;
}
