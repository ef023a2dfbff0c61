/* SPDX-License-Identifier: GPL-2.0 */
/* How the tool says that something went wrong. */
#ifndef TOOLS_REPORT_H
#define TOOLS_REPORT_H

/* One sentence on stderr after "jailhouse: "; returns the exit code 1. */
int refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Likewise, of something that ends nothing. */
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
