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

#define CONFIG_EXPECT(standard, why, ...) do {	\
	struct machine m;			\
	standard(&m);			\
	__VA_ARGS__;				\
	config_expect(&m, why, #__VA_ARGS__);	\
} while (0)

/* The last valid and the first invalid value of something. */
#define ACCEPTS(...) CONFIG_EXPECT(machine_standard, OK, __VA_ARGS__)
#define REFUSES(why, ...) CONFIG_EXPECT(machine_standard, why, __VA_ARGS__)
#define GICV2 (m.system.platform_info.arm.gic_version = 2)	/* with the bases of both */
#define GICV4 (m.system.platform_info.arm.gic_version = 4)
/* The same on the Arm machine. */
#define ARM64_ACCEPTS(...) CONFIG_EXPECT(machine_arm64, OK, __VA_ARGS__)
#define ARM64_REFUSES(why, ...) CONFIG_EXPECT(machine_arm64, why, __VA_ARGS__)

static inline void assert_all_seen(enum status first, enum status last)
{
	for (unsigned i = first; i <= last; i++)
		if (!config_seen[i])
			fail_msg("no test refuses by the rule %s", status_rule(i));
}

#endif
