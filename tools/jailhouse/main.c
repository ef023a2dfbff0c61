// SPDX-License-Identifier: GPL-2.0
/*
 * The jailhouse tool: one program for everything an administrator does with the hypervisor. The
 * words lead to a row of the command table; a word pair that is none of ours may be a helper
 * program.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "help.h"
#include "helper.h"
#include "report.h"
#include "version.h"

/* Commands of Jailhouse that make a configuration from what a running Linux shows. */
static bool is_generator(const char *text)
{
	return strcmp(text, "config create") == 0 || strcmp(text, "config collect") == 0;
}

static int unknown_command(int argc, char **argv)
{
	char text[128];
	const char *nearest;

	snprintf(text, sizeof(text), "%s%s%s", argv[0], argc > 1 ? " " : "",
		 argc > 1 ? argv[1] : "");
	if (is_generator(text))
		return refuse("there is no \"%s\": configurations are written by hand, "
			      "Documentation/howto.md says from what; \"jailhouse config check\" "
			      "looks them over", text);
	nearest = command_nearest(text);
	if (!nearest)
		nearest = command_nearest(argv[0]);
	if (argc == 1 && help_is_group(argv[0]))
		fprintf(stderr, "jailhouse: \"%s\" wants one more word\n", argv[0]);
	else if (nearest)
		fprintf(stderr,
			"jailhouse: there is no command \"%s\"; did you mean \"jailhouse %s\"?\n",
			text, nearest);
	else
		fprintf(stderr, "jailhouse: there is no command \"%s\"\n", text);
	help_summary(stderr, argv[0]);
	return 1;
}

static bool wants_help(int argc, char **argv)
{
	return argc > 0 &&
	       (strcmp(argv[argc - 1], "--help") == 0 || strcmp(argv[argc - 1], "-h") == 0);
}

static int run(int argc, char **argv, const char *program)
{
	const struct command *command;
	struct arguments arguments;
	int used;

	command = command_find(argc, argv, &used);
	if (!command) {
		helper_try(program, argc, argv);
		return unknown_command(argc, argv);
	}
	if (wants_help(argc - used, argv + used))
		return help_command(stdout, command), 0;
	if (!command_parse(command, argc - used, argv + used, &arguments))
		return 1;
	return command->run(&arguments);
}

/* Output that did not reach its reader is a failure too, for instance on a full disk. */
static int flushed(int code)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return code;
	perror("jailhouse: writing the output");
	return 1;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		help_summary(stderr, NULL);
		return 1;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("Jailhouse management tool %s\n", TOOL_VERSION);
		return flushed(0);
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help_summary(stdout, NULL);
		return flushed(0);
	}
	return flushed(run(argc - 1, argv + 1, argv[0]));
}
