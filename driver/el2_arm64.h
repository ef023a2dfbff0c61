/* SPDX-License-Identifier: GPL-2.0 */
/* Who owns EL2? */
#ifndef DRIVER_EL2_ARM64_H
#define DRIVER_EL2_ARM64_H

/* Linux's hyp-stub waits there on every CPU, or a refusal with what to boot with. */
int el2_check(void);

#endif
