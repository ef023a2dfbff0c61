// SPDX-License-Identifier: GPL-2.0
/*
 * Counters on a terminal, refreshed every second. A machine that boots from an initramfs has no
 * terminal descriptions, so two of them are part of the program (terminfo_builtin.h, made by
 * infocmp at build time); ncurses takes them through the variable TERMINFO.
 */
#include <curses.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <time.h>

#include "counters.h"
#include "report.h"
#include "screen.h"
#include "terminfo_builtin.h"

#define REFRESH_MS 1000

struct view {
	const char *cell_id, *name;
	int cpu;			/* or COUNTERS_ALL */
	struct counters now, before;
	double seconds;			/* between the two; 0: there is no before */
	struct timespec when;
};

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

static void choose_description(void)
{
	const char *term = getenv("TERM");
	int error;

	if (term && setupterm(term, 1, &error) == OK)
		return;
	if (term && strcmp(term, "linux") == 0) {
		setenv("TERMINFO", TERMINFO_LINUX, 1);
		return;
	}
	setenv("TERMINFO", TERMINFO_VT100, 1);
	setenv("TERM", "vt100", 1);
}

static bool view_update(struct view *view)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	view->before = view->now;
	view->seconds = (double)(now.tv_sec - view->when.tv_sec) +
			(double)(now.tv_nsec - view->when.tv_nsec) / 1e9;
	if (!view->when.tv_sec)
		view->seconds = 0;
	view->when = now;
	return counters_read(&view->now, view->cell_id, view->cpu);
}

static void view_select(struct view *view, int cpu)
{
	view->cpu = cpu;
	view->when = (struct timespec) { 0 };
}

static void draw_counter(const struct view *view, unsigned i)
{
	const struct counter *counter = &view->now.row[i];
	unsigned long long before = counters_value(&view->before, counter->name);

	mvprintw((int)i + 3, 0, "%-30s %15llu", counter->name, counter->value);
	if (view->seconds > 0 && counter->value >= before)
		printw(" %14.0f", (double)(counter->value - before) / view->seconds);
}

static void view_draw(const struct view *view)
{
	erase();
	mvprintw(0, 0, "Cell \"%s\", ", view->name);
	if (view->cpu == COUNTERS_ALL)
		printw("all CPUs");
	else
		printw("CPU %d", view->cpu);
	attron(A_REVERSE);
	mvprintw(2, 0, "%-30s %15s %14s", "COUNTER", "SUM", "PER SEC");
	attroff(A_REVERSE);
	for (unsigned i = 0; i < view->now.count && (int)i + 4 < LINES; i++)
		draw_counter(view, i);
	mvprintw(LINES - 1, 0, "q quit   c next CPU   a all CPUs");
	refresh();
}

static bool view_loop(struct view *view)
{
	while (!stopped) {
		if (!view_update(view))
			return view->cpu != COUNTERS_ALL ? view_select(view, COUNTERS_ALL),
			       true			 : false;
		view_draw(view);
		switch (getch()) {
		case 'q':
			return true;
		case 'c':
			view_select(view, counters_next_cpu(view->cell_id, view->cpu));
			break;
		case 'a':
			view_select(view, COUNTERS_ALL);
			break;
		}
	}
	return true;
}

int screen_run(const char *cell_id, const char *name)
{
	struct view view = { .cell_id = cell_id, .name = name, .cpu = COUNTERS_ALL };
	SCREEN *screen;
	bool good;

	choose_description();
	signal(SIGTERM, stop);
	signal(SIGINT, stop);
	screen = newterm(NULL, stdout, stdin);
	if (!screen)
		return refuse("this terminal is not known; use \"cell stats --once\"");
	cbreak();
	noecho();
	curs_set(0);
	timeout(REFRESH_MS);
	good = view_loop(&view);
	endwin();
	delscreen(screen);
	return good ? 0 : refuse("cell \"%s\" was destroyed", name);
}
