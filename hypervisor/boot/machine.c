/* SPDX-License-Identifier: GPL-2.0 */
/* The one place of what can change. */
#include <arch/machine.h>

struct machine machine;
