/* SPDX-License-Identifier: GPL-2.0 */
/* What a machine must have for enable: one list per architecture. */
#ifndef TOOLS_HARDWARE_H
#define TOOLS_HARDWARE_H

#include <stdbool.h>

enum hardware_need {
	NEEDED,
	OPTIONAL,	/* enable works without it; the row says what is lost */
};

struct hardware_row {
	const char *what;	/* at most 40 characters */
	enum hardware_need need;
	bool (*present)(void);
	const char *fix;	/* what to do when it is missing */
};

/* Each ends with a row without a name. */
extern const struct hardware_row hardware_arm64[], hardware_x86[];

/* A word of the kernel's command line, as a whole. */
bool hardware_parameter(const char *word);
/* A file or folder of the system exists. */
bool hardware_file(const char *path);

#endif
