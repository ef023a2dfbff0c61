/* SPDX-License-Identifier: GPL-2.0 */
/* The machine this program runs on. */
#ifndef TOOLS_MACHINE_LIVE_H
#define TOOLS_MACHINE_LIVE_H

#include "file.h"
#include "machine.h"

/*
 * Fills machine from the tree in path, or from root Linux's own if path is NULL: then its CPUs have
 * Linux's numbers. *file holds the tree and stays open on success. False after saying why on stderr.
 */
bool machine_load(struct machine *machine, struct file *file, const char *path);

#endif
