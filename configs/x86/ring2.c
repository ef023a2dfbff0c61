/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Peer 2 of the link between root and two cells; runs beside ring1. */

#include "qemu-q35-links.inc.h"

#define CELL_NAME		"ring2"
#define CELL_CPUS		1 << 2
#define CELL_RAM		0x100900000
#define CELL_UART		0x2e8

#define CELL_RAM_FLAGS		0
#define CELL_REGIONS		RING_REGIONS
#define CELL_REGION		RING_SECTIONS(2, JAILHOUSE_MEM_ROOTSHARED),
#define CELL_DEVICES		1
#define CELL_DEVICE		LINK_DEVICE(RING, 2, 0),
#define CELL_CAPS		0
#define CELL_CAP
#define CELL_EXTENSIONS		0
#define CELL_EXTENSION

#include "cell.inc.h"
