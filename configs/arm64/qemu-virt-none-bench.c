/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* qemu-virt-none with one window. */

#include "../one-window.inc.h"
#include "qemu-virt-none.c"
