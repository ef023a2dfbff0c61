/* SPDX-License-Identifier: GPL-2.0 */
/* All differences between the kernels the driver is built for, 6.1 and 6.12. */
#ifndef DRIVER_COMPAT_H
#define DRIVER_COMPAT_H

#include <linux/pci.h>

/* 6.8 gave the flag its name. */
#ifndef PCI_IRQ_INTX
#define PCI_IRQ_INTX PCI_IRQ_LEGACY
#endif

/* Exported by both, declared where modules do not look: CPU hot-plug need not wait for idle ticks. */
void rcu_expedite_gp(void);
void rcu_unexpedite_gp(void);

#endif
