/* SPDX-License-Identifier: GPL-2.0 */
/* Configuration files, looked at by the hypervisor's own reader. */
#ifndef TOOLS_BLOB_H
#define TOOLS_BLOB_H

#include <stdbool.h>

#include "file.h"

/* True when the file is a complete system configuration; else says on stderr what is wrong. */
bool blob_is_system(const struct file *file, const char *path);

#endif
