/* SPDX-License-Identifier: GPL-2.0 */
/* The words of "cell linux". */
#ifndef TOOLS_LINUX_OPTIONS_H
#define TOOLS_LINUX_OPTIONS_H

#include "command.h"

/* As they were typed; NULL: not given. */
struct linux_options {
	char *config, *kernel;
	char *initrd, *words, *tree, *loader, *machine, *system, *write_tree, *arch, *factor;
	bool dry;
};

/* False after a complaint on stderr. */
bool linux_options_parse(struct linux_options *options, const struct arguments *arguments);

#endif
