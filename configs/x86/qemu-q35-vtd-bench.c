/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* qemu-q35-vtd with one window. */

#include "../one-window.inc.h"
#include "qemu-q35-vtd.c"
