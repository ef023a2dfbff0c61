// SPDX-License-Identifier: GPL-2.0
/* For programs that read the configs of any machine. The images do not ask, and leave this out. */
#include <config/config.h>

const struct config_arch *config_arch_of(u8 architecture)
{
	switch (architecture) {
	case JAILHOUSE_X86:
		return &config_x86;
	case JAILHOUSE_ARM64:
		return &config_arm64;
	default:
		return NULL;
	}
}
