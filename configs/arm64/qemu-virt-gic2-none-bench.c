/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* qemu-virt-gic2-none with one window, and with direct delivery to root where the GIC can do it. */

#define MACHINE_DELIVERY	JAILHOUSE_UNPROTECTED_DELIVERY

#include "../one-window.inc.h"
#include "qemu-virt-gic2-none.c"
