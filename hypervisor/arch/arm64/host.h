/* SPDX-License-Identifier: GPL-2.0 */
#ifndef ARCH_ARM64_HOST_H
#define ARCH_ARM64_HOST_H

#include <base/status.h>

/* After host_build(): the page in which translation can be switched off. */
enum status host_map_identity(void) MUST_USE;

#endif
