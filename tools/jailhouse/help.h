/* SPDX-License-Identifier: GPL-2.0 */
/* Texts for people, made from the command table. */
#ifndef TOOLS_HELP_H
#define TOOLS_HELP_H

#include <stdio.h>

#include "command.h"

/* One line per command; group limits it to commands starting with that word, if there are any. */
void help_summary(FILE *out, const char *group);
/* True when there are commands that start with this word. */
bool help_is_group(const char *group);
void help_command(FILE *out, const struct command *command);

#endif
