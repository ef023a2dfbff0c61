// SPDX-License-Identifier: GPL-2.0
/* Which configs this machine takes. */
#include <arch/arch.h>

const struct config_arch *const arch_config = &config_x86;
