// SPDX-License-Identifier: GPL-2.0
/* Which configs this machine takes, and what is in its plans. */
#include <arch/arch.h>

const struct config_arch *const arch_config = &config_arm64;
const struct plan_arch *const arch_plan = &plan_arm64;
