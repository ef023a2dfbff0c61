/* SPDX-License-Identifier: GPL-2.0 */
/* The command table: what a user may type, what it says about itself, and who does it. */
#ifndef TOOLS_COMMAND_H
#define TOOLS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#define FLAG_JSON	0x1u
#define FLAG_ONCE	0x2u
#define FLAG_FOLLOW	0x4u
#define FLAG_NAME	0x8u	/* --name NAME: a name even if it looks like an id */
#define FLAG_RAW	0x10u	/* the command parses its words itself */
#define FLAG_MARKDOWN	0x20u
#define FLAG_UNPROTECTED 0x40u

struct command;

/* What is left of the command line once the command's words and flags are taken out. */
struct arguments {
	const struct command *command;
	unsigned flags;		/* FLAG_* that were given */
	int count;
	char **words;
};

struct command {
	const char *words;	/* "cell load"; NULL ends the table */
	const char *usage;	/* what follows the words, in the notation of --help */
	const char *summary;	/* one line */
	const char *help;	/* the long text, lines end in \n */
	unsigned flags;		/* FLAG_* it takes */
	int min, max;		/* how many words it takes; max -1: any number */
	int (*run)(const struct arguments *arguments);	/* returns the exit code */
};

extern const struct command commands[];

/* The longest row whose words start argv; *used says how many words that are. NULL: none. */
const struct command *command_find(int argc, char **argv, int *used);
/* The command whose words look most like text, NULL: nothing comes near. */
const char *command_nearest(const char *text);
/* Take the flags out of argv; a word that is no flag of the command is refused. */
bool command_parse(const struct command *command, int argc, char **argv,
		   struct arguments *arguments);

/*
 * An option with a value: "-x VALUE", "-xVALUE", "--long VALUE" or "--long=VALUE"; small or large may
 * be NULL. Returns how many words it takes, 0: words[i] is something else. *value is NULL after a
 * complaint.
 */
int option_value(const struct arguments *arguments, int i, const char *small, const char *large,
		 char **value);

/* Prints the sentence and the command's usage on stderr; returns the exit code 1. */
int usage_error(const struct command *command, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

int run_enable(const struct arguments *arguments);
int run_disable(const struct arguments *arguments);
int run_console(const struct arguments *arguments);
int run_denials(const struct arguments *arguments);
int run_cell_create(const struct arguments *arguments);
int run_cell_load(const struct arguments *arguments);
int run_cell_linux(const struct arguments *arguments);
int run_cell_start(const struct arguments *arguments);
int run_cell_shutdown(const struct arguments *arguments);
int run_cell_destroy(const struct arguments *arguments);
int run_cell_list(const struct arguments *arguments);
int run_cell_stats(const struct arguments *arguments);
int run_memory_reserve(const struct arguments *arguments);
int run_memory_release(const struct arguments *arguments);
int run_memory_show(const struct arguments *arguments);
int run_config_check(const struct arguments *arguments);
int run_config_plan(const struct arguments *arguments);
int run_hardware_check(const struct arguments *arguments);
int run_help(const struct arguments *arguments);

#endif
