/* SPDX-License-Identifier: GPL-2.0 */
/* Configuration files, looked at by the hypervisor's own reader. */
#ifndef TOOLS_BLOB_H
#define TOOLS_BLOB_H

#include <stdbool.h>

#include <config/config.h>

#include "file.h"

/*
 * The view of a cell of this kind of machine, or of a system, whose header says what kind of machine
 * it is. False after saying on stderr what is wrong.
 */
bool blob_view_cell(struct cell_view *view, const struct config_arch *arch, const struct file *file,
		    const char *path);
bool blob_view_system(struct system_view *view, const struct file *file, const char *path);
/* False after saying on stderr what it is instead: source text, the compiler's object, a kernel. */
bool blob_is_compiled(const struct file *file, const char *path);

#endif
