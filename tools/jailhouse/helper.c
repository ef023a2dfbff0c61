// SPDX-License-Identifier: GPL-2.0
/*
 * "jailhouse cell frob ..." runs the program jailhouse-cell-frob if there is one: searched beside
 * this program, then in the library folder, then along PATH.
 */
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "helper.h"

static bool is_word(const char *text)
{
	return *text && !text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")];
}

static void set_search_path(const char *program)
{
	const char *old = getenv("PATH");
	char *copy = strdup(program);
	char *path = NULL;

	if (copy && strchr(program, '/') &&
	    asprintf(&path, "%s:%s:%s", dirname(copy), LIBEXEC_DIR, old ? old : "/usr/bin") >= 0)
		setenv("PATH", path, 1);
	else if (asprintf(&path, "%s:%s", LIBEXEC_DIR, old ? old : "/usr/bin") >= 0)
		setenv("PATH", path, 1);
	free(copy);
	free(path);
}

/* The program's arguments: its name takes the place of the two words. */
static void become(char *name, int argc, char **argv)
{
	char **words = calloc((size_t)argc, sizeof(*words));

	if (!words)
		return;
	words[0] = name;
	memcpy(&words[1], &argv[2], (size_t)(argc - 2) * sizeof(*words));
	execvp(name, words);
	free(words);
}

void helper_try(const char *program, int argc, char **argv)
{
	char name[128];

	if (argc < 2 || !is_word(argv[0]) || !is_word(argv[1]) ||
	    snprintf(name, sizeof(name), "jailhouse-%s-%s", argv[0], argv[1]) >= (int)sizeof(name))
		return;
	set_search_path(program);
	become(name, argc, argv);
}
