// SPDX-License-Identifier: GPL-2.0
/* On a terminal one line that is rewritten, elsewhere a new line now and then. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

#define SILENT_MS	1000
#define TERMINAL_MS	200	/* between two updates */
#define LOG_MS		5000

static unsigned long long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (unsigned long long)now.tv_sec * 1000 + (unsigned long long)now.tv_nsec / 1000000;
}

void progress_start(struct progress *progress, const char *what, unsigned long long total)
{
	*progress = (struct progress) {
		.what = what, .total = total, .start = now_ms(), .terminal = isatty(STDERR_FILENO),
	};
}

static void show(struct progress *progress, unsigned long long now)
{
	fprintf(stderr, "%sjailhouse: %s, %llu of %llu MiB (%llu %%)%s",
		progress->terminal ? "\r" : "", progress->what, progress->done >> 20,
		progress->total >> 20, progress->done * 100 / progress->total,
		progress->terminal ? "" : "\n");
	progress->shown = now;
	progress->visible = true;
}

void progress_advance(struct progress *progress, unsigned long long bytes)
{
	unsigned long long now = now_ms();

	progress->done += bytes;
	if (now - progress->start >= SILENT_MS &&
	    now - progress->shown >= (progress->terminal ? TERMINAL_MS : LOG_MS))
		show(progress, now);
}

void progress_end(struct progress *progress)
{
	if (!progress->visible)
		return;
	show(progress, progress->shown);
	if (progress->terminal)
		fprintf(stderr, "\n");
}
