// SPDX-License-Identifier: GPL-2.0
/* From the words a user typed to a row of the command table. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "command.h"

#define MAX_WORD 64	/* longer words resemble no command */

static const struct {
	const char *word;
	unsigned flag;
} flag_words[] = {
	{ "--json", FLAG_JSON },
	{ "--once", FLAG_ONCE },
	{ "-f", FLAG_FOLLOW },
	{ "--follow", FLAG_FOLLOW },
	{ "--markdown", FLAG_MARKDOWN },
	{ "--allow-unprotected", FLAG_UNPROTECTED },
};

/* How many words of argv spell the command's words completely; 0: they do not. */
static int words_match(const char *words, int argc, char **argv)
{
	int used = 0;

	while (*words) {
		size_t length = strcspn(words, " ");

		if (used == argc || strlen(argv[used]) != length ||
		    strncmp(words, argv[used], length) != 0)
			return 0;
		words += length + (words[length] == ' ');
		used++;
	}
	return used;
}

const struct command *command_find(int argc, char **argv, int *used)
{
	for (const struct command *command = commands; command->words; command++) {
		*used = words_match(command->words, argc, argv);
		if (*used)
			return command;
	}
	return NULL;
}

/* Edits (insert, delete, replace a character) that turn a into b. */
static unsigned edit_distance(const char *a, const char *b)
{
	unsigned row[MAX_WORD + 1], diagonal, above;
	size_t length = strlen(b);

	if (strlen(a) > MAX_WORD || length > MAX_WORD)
		return ~0u;
	for (size_t j = 0; j <= length; j++)
		row[j] = (unsigned)j;
	for (size_t i = 1; a[i - 1]; i++) {
		diagonal = row[0];
		row[0] = (unsigned)i;
		for (size_t j = 1; j <= length; j++) {
			above = row[j];
			row[j] = diagonal + (a[i - 1] != b[j - 1]);
			if (above + 1 < row[j])
				row[j] = above + 1;
			if (row[j - 1] + 1 < row[j])
				row[j] = row[j - 1] + 1;
			diagonal = above;
		}
	}
	return row[length];
}

const char *command_nearest(const char *text)
{
	const char *nearest = NULL;
	unsigned best = strlen(text) < 6 ? 3 : 4;	/* distances below this are a likely typo */

	for (const struct command *command = commands; command->words; command++) {
		unsigned distance = edit_distance(text, command->words);

		if (distance < best) {
			best = distance;
			nearest = command->words;
		}
	}
	return nearest;
}

static unsigned flag_of(const struct command *command, const char *word)
{
	for (size_t i = 0; i < sizeof(flag_words) / sizeof(*flag_words); i++)
		if (strcmp(word, flag_words[i].word) == 0)
			return flag_words[i].flag & command->flags;
	return 0;
}

/* What follows the name within its own word, NULL: the word is not that option with its value. */
static char *value_within(char *word, const char *name)
{
	size_t length = name ? strlen(name) : 0;
	bool is_long = length && name[1] == '-';

	if (!length || strncmp(word, name, length) != 0 || !word[length] ||
	    (is_long && word[length] != '='))
		return NULL;
	return word + length + (word[length] == '=');
}

static bool is_name(const char *word, const char *name)
{
	return name && strcmp(word, name) == 0;
}

int option_value(const struct arguments *arguments, int i, const char *small, const char *large,
		 char **value)
{
	char *word = arguments->words[i];

	*value = value_within(word, small);
	if (!*value)
		*value = value_within(word, large);
	if (*value)
		return 1;
	if (!is_name(word, small) && !is_name(word, large))
		return 0;
	if (i + 1 == arguments->count)
		return usage_error(arguments->command, "\"%s\" wants a value", word), 2;
	*value = arguments->words[i + 1];
	return 2;
}

static bool count_fits(const struct arguments *arguments)
{
	const struct command *command = arguments->command;

	if (arguments->count < command->min)
		return usage_error(command, "an argument is missing"), false;
	if (command->max >= 0 && arguments->count > command->max)
		return usage_error(command, "\"%s\" is one argument too many",
				   arguments->words[command->max]), false;
	return true;
}

/* One word or option; returns how many words it took, 0 after a complaint. */
static int take_word(const struct arguments *all, struct arguments *left, int i)
{
	const struct command *command = all->command;
	unsigned flag = flag_of(command, all->words[i]);
	char *word = all->words[i], *name;
	int taken = command->flags & FLAG_NAME ? option_value(all, i, NULL, "--name", &name) : 0;

	if (taken) {
		left->flags |= FLAG_NAME;
		left->words[left->count++] = name;
		return name ? taken : 0;
	}
	if (!flag && word[0] == '-' && word[1])
		return usage_error(command, "it has no option \"%s\"", word), 0;
	left->flags |= flag;
	if (!flag)
		left->words[left->count++] = word;
	return 1;
}

bool command_parse(const struct command *command, int argc, char **argv,
		   struct arguments *arguments)
{
	const struct arguments all = { .command = command, .words = argv, .count = argc };
	int taken;

	*arguments = all;
	if (command->flags & FLAG_RAW)
		return true;
	arguments->count = 0;
	for (int i = 0; i < argc; i += taken) {
		taken = take_word(&all, arguments, i);
		if (!taken)
			return false;
	}
	return count_fits(arguments);
}

int usage_error(const struct command *command, const char *format, ...)
{
	va_list values;

	fprintf(stderr, "jailhouse %s: ", command->words);
	va_start(values, format);
	vfprintf(stderr, format, values);
	va_end(values);
	fprintf(stderr, "\nusage: jailhouse %s %s\n", command->words, command->usage);
	return 1;
}
