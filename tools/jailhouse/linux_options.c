// SPDX-License-Identifier: GPL-2.0
/* Options stand anywhere; configuration and kernel are the words that are left, in this order. */
#include <string.h>

#include "linux_options.h"

#define PLACE(member) offsetof(struct linux_options, member)

static const struct {
	const char *small, *large;	/* small may be NULL */
	size_t place;			/* of the value in struct linux_options */
	bool dry;			/* it is a --dry-run, too */
} option_words[] = {
	{ "-i", "--initrd", PLACE(initrd), false },
	{ "-c", "--cmdline", PLACE(words), false },
	{ "-d", "--dtb", PLACE(tree), false },
	{ NULL, "--loader", PLACE(loader), false },
	{ NULL, "--machine", PLACE(machine), false },
	{ NULL, "--system", PLACE(system), false },
	{ NULL, "--write-dtb", PLACE(write_tree), false },
	{ "-w", "--write-params", PLACE(write_tree), true },
	{ "-a", "--arch", PLACE(arch), false },
	{ "-k", "--kernel-decomp-factor", PLACE(factor), false },
};

/* Returns how many words the option took, 0: words[i] is none, -1: after a complaint. */
static int parse_option(struct linux_options *options, const struct arguments *arguments, int i)
{
	char *value;

	for (size_t row = 0; row < sizeof(option_words) / sizeof(*option_words); row++) {
		int taken = option_value(arguments, i, option_words[row].small,
					 option_words[row].large, &value);

		if (!taken)
			continue;
		*(char **)((char *)options + option_words[row].place) = value;
		options->dry |= option_words[row].dry;
		return value ? taken : -1;
	}
	return 0;
}

/* Returns how many words it took, not above 0 after a complaint. */
static int parse_word(struct linux_options *options, const struct arguments *arguments, int i)
{
	char *word = arguments->words[i];
	int taken = parse_option(options, arguments, i);

	if (taken)
		return taken;
	if (strcmp(word, "--dry-run") == 0)
		return options->dry = true, 1;
	if (word[0] == '-')
		return usage_error(arguments->command, "it has no option \"%s\"", word), 0;
	if (!options->config)
		return options->config = word, 1;
	if (!options->kernel)
		return options->kernel = word, 1;
	return usage_error(arguments->command, "\"%s\" is one argument too many", word), 0;
}

bool linux_options_parse(struct linux_options *options, const struct arguments *arguments)
{
	int taken;

	*options = (struct linux_options) { 0 };
	for (int i = 0; i < arguments->count; i += taken) {
		taken = parse_word(options, arguments, i);
		if (taken <= 0)
			return false;
	}
	if (!options->kernel)
		return usage_error(arguments->command, "an argument is missing"), false;
	return true;
}
