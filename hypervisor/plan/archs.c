// SPDX-License-Identifier: GPL-2.0
/* For programs that plan any machine. The images do not ask, and leave this out. */
#include <plan/plan.h>

const struct plan_arch *plan_arch_of(const struct config_arch *arch)
{
	return arch == &config_arm64 ? &plan_arm64 : &plan_x86;
}
