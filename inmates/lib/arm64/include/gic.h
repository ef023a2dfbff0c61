/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Registers of the distributor, which also stand in each GICv3 redistributor (ARM IHI 0069, chapter 12). */
#ifndef _INMATE_GIC_H
#define _INMATE_GIC_H

#include <inmate.h>

#define GICD_CTLR		0x0000
#define GICD_TYPER		0x0004
#define GICD_IGROUPR		0x0080
#define GICD_ISENABLER		0x0100
#define GICD_ICENABLER		0x0180
#define GICD_ISPENDR		0x0200
#define GICD_ICPENDR		0x0280
#define GICD_ISACTIVER		0x0300
#define GICD_ICACTIVER		0x0380
#define GICD_IPRIORITYR		0x0400
#define GICD_ITARGETSR		0x0800
#define GICD_ICFGR		0x0c00
#define GICD_SGIR		0x0f00
#define GICD_IROUTER		0x6000

#define GICR_CTLR		0x0000
#define GICR_TYPER		0x0008
#define  GICR_TYPER_VLPIS	(1ULL << 1)
#define  GICR_TYPER_LAST	(1ULL << 4)
#define GICR_WAKER		0x0014
#define  GICR_WAKER_SLEEP	(1U << 1)
#define  GICR_WAKER_ASLEEP	(1U << 2)
#define GICR_SGI_FRAME		0x10000

/* Of a GICv2m frame (Arm Server Base System Architecture, appendix E) */
#define MSI_SETSPI		0x0040

#define GIC_PRIORITY		0xa0
#define GIC_PRIORITY_MASK	0xf0

/* Address of a register that holds one bit per interrupt, and the bit. */
#define GIC_WORD(base, reg, irq)	((base) + (reg) + (irq) / 32 * 4)
#define GIC_BIT(irq)			(1U << (irq) % 32)

#endif
