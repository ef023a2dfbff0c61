/* SPDX-License-Identifier: GPL-2.0 */
/* What the hypervisor tells root Linux through the report page. */
#ifndef BOOT_REPORT_H
#define BOOT_REPORT_H

#include <base/status.h>

/* Publish a refusal for the driver, log its rule; returns the errno. */
s32 report_refusal(const struct refusal *refusal);
/* Append a line (without newline) to the denial ring. */
void report_denial(const char *line, unsigned length);

#endif
