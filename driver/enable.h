/* SPDX-License-Identifier: GPL-2.0 */
#ifndef DRIVER_ENABLE_H
#define DRIVER_ENABLE_H

/* Puts the hypervisor with the system config at user address argument in charge; 0 or a refusal. */
int enable(unsigned long argument);
/* Destroys all cells and takes the machine back; 0 or a refusal, then it stays in charge. */
int disable(unsigned long unused);

#endif
