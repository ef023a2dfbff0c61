/* SPDX-License-Identifier: GPL-2.0 */
/* Tells a waiting user how far a copy is, on stderr, once it has taken more than a second. */
#ifndef TOOLS_PROGRESS_H
#define TOOLS_PROGRESS_H

#include <stdbool.h>

struct progress {
	const char *what;
	unsigned long long done, total;		/* bytes */
	unsigned long long start, shown;	/* milliseconds, monotonic */
	bool terminal, visible;
};

void progress_start(struct progress *progress, const char *what, unsigned long long total);
void progress_advance(struct progress *progress, unsigned long long bytes);
void progress_end(struct progress *progress);

#endif
