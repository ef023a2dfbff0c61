// SPDX-License-Identifier: GPL-2.0
/* --help, "help COMMAND" and the reference chapter of Documentation/cli.md, all from one table. */
#include <string.h>

#include "help.h"

static bool in_group(const struct command *command, const char *group)
{
	size_t length = group ? strlen(group) : 0;

	return length && strncmp(command->words, group, length) == 0 &&
	       (command->words[length] == ' ' || !command->words[length]);
}

bool help_is_group(const char *group)
{
	for (const struct command *command = commands; command->words; command++)
		if (in_group(command, group))
			return true;
	return false;
}

void help_summary(FILE *out, const char *group)
{
	if (group && !help_is_group(group))
		group = NULL;
	fprintf(out, "usage: jailhouse {--version | --help | COMMAND [ARGUMENTS]}\n\n");
	for (const struct command *command = commands; command->words; command++)
		if (!group || in_group(command, group))
			fprintf(out, "  %-15s %s\n", command->words, command->summary);
	fprintf(out, "\n\"jailhouse help COMMAND\" explains one of them.\n");
}

void help_command(FILE *out, const struct command *command)
{
	fprintf(out, "usage: jailhouse %s %s\n\n%s.\n\n%s", command->words, command->usage,
		command->summary, command->help);
}

static void help_markdown(FILE *out)
{
	for (const struct command *command = commands; command->words; command++)
		fprintf(out, "### %s\n\n```\njailhouse %s%s%s\n```\n\n%s.\n\n```\n%s```\n\n",
			command->words, command->words, *command->usage ? " " : "", command->usage,
			command->summary, command->help);
}

static int help_group(const char *group)
{
	bool first = true;

	for (const struct command *command = commands; command->words; command++) {
		if (!in_group(command, group))
			continue;
		if (!first)
			printf("\n");
		help_command(stdout, command);
		first = false;
	}
	return 0;
}

int run_help(const struct arguments *arguments)
{
	const struct command *command;
	int used;

	if (arguments->flags & FLAG_MARKDOWN)
		return help_markdown(stdout), 0;
	if (!arguments->count)
		return help_summary(stdout, NULL), 0;
	command = command_find(arguments->count, arguments->words, &used);
	if (command && used == arguments->count)
		return help_command(stdout, command), 0;
	if (arguments->count == 1 && help_is_group(arguments->words[0]))
		return help_group(arguments->words[0]);
	return usage_error(arguments->command, "there is no command \"%s%s%s\"",
			   arguments->words[0], arguments->count > 1 ? " " : "",
			   arguments->count > 1 ? arguments->words[1] : "");
}
