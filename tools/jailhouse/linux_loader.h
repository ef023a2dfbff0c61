/* SPDX-License-Identifier: GPL-2.0 */
/* The small program that a cell runs first: it jumps into the kernel. */
#ifndef TOOLS_LINUX_LOADER_H
#define TOOLS_LINUX_LOADER_H

#include <stddef.h>

#define LINUX_LOADER_NAME "linux-loader.bin"

/* wish itself, unless NULL; else the first place where it is, in path; NULL: it is nowhere. */
const char *linux_loader_find(const char *wish, char *path, size_t room);

#endif
