/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Assertions of the rules' tests. Each takes a fresh standard machine m, makes one change to it and
 * asks all rules. A test file closes with assert_all_seen over the reasons of its subject, so that
 * a rule without its first invalid case fails the file.
 */
#ifndef HOST_CONFIG_ASSERT_H
#define HOST_CONFIG_ASSERT_H

#include <base/status.h>
#include <host/config_builder.h>

static bool config_seen[STATUS_COUNT];

static void config_expect(struct machine *m, enum status why, const char *change)
{
	char text[512];
	enum status status = machine_check(m);

	config_seen[status] = true;
	if (status == why)
		return;
	if (status != OK)
		refusal_print(&m->refusal, text, sizeof(text));
	fail_msg("%s\n  expected %s, got %s", change, status_rule(why), status == OK ? "ok" : text);
}

#define CONFIG_EXPECT(why, ...) do {		\
	struct machine m;			\
	machine_standard(&m);			\
	__VA_ARGS__;				\
	config_expect(&m, why, #__VA_ARGS__);	\
} while (0)

/* The last valid and the first invalid value of something. */
#define ACCEPTS(...) CONFIG_EXPECT(OK, __VA_ARGS__)
#define REFUSES(why, ...) CONFIG_EXPECT(why, __VA_ARGS__)

static inline void assert_all_seen(enum status first, enum status last)
{
	for (unsigned i = first; i <= last; i++)
		if (!config_seen[i])
			fail_msg("no test refuses by the rule %s", status_rule(i));
}

#endif
