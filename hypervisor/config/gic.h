/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The frames of a GIC (Arm IHI 0048 and IHI 0069): which there are, how large they are, and where a
 * config says they are.
 */
#ifndef CONFIG_GIC_H
#define CONFIG_GIC_H

#include <config/windows.h>

/* In the order of WINDOW_GICD and the following. */
enum gic_frame {
	GIC_DISTRIBUTOR, GIC_REDISTRIBUTORS, GIC_CPU, GIC_HYPERVISOR, GIC_VIRTUAL, GIC_FRAMES
};

#define GIC_SPI_FIRST 32U
#define GIC_SPI_LAST 1019U

/* Physical address; 0: the config does not name it. */
u64 gic_base(const struct jailhouse_system *header, unsigned frame);
/*
 * Bytes of the frame; of the redistributors all: 128 KiB, with GICv4 256 KiB, for each CPU
 * up to root's last one.
 */
u64 gic_size(const struct system_view *system, unsigned frame);

/* Does a GIC of this version have the frame for sure? */
static inline bool gic_needs(unsigned frame, unsigned version)
{
	return frame == GIC_DISTRIBUTOR || (frame == GIC_REDISTRIBUTORS) == (version > 2);
}

#endif
