/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * The two shared-memory links of a test machine, named alike by all their ends. The file that includes
 * this one defines LINKS_START, where their memory is, and LINK_BARS and LINK_VECTORS, how their
 * interrupts arrive.
 *
 *	PAIR	00:0e.0	2 peers	at the start: states 4 KiB, read-write 36 KiB, 2 outputs of 8 KiB
 *	RING	00:0f.0	3 peers	64 KiB behind: states 4 KiB, read-write 36 KiB, 3 outputs of 8 KiB
 *
 * id is the end's own; more is JAILHOUSE_MEM_ROOTSHARED in a cell and 0 in the root cell.
 */

#define PAIR_BDF	(0x0e << 3)
#define PAIR_PEERS	2
#define PAIR_REGIONS	4
#define PAIR_START	LINKS_START

#define RING_BDF	(0x0f << 3)
#define RING_PEERS	3
#define RING_REGIONS	5
#define RING_START	(LINKS_START + 0x10000)

#define LINK_SECTION(start, bytes, rights)			\
	{							\
		.phys_start = start,				\
		.virt_start = start,				\
		.size = bytes,					\
		.flags = JAILHOUSE_MEM_READ | (rights),		\
	}
#define LINK_OUTPUT(start, writer, id, more)			\
	LINK_SECTION((start) + 0xa000 + (writer) * 0x2000, 0x2000, \
		     (more) | ((writer) == (id) ? JAILHOUSE_MEM_WRITE : 0))
#define LINK_COMMON(start, more)				\
	LINK_SECTION(start, 0x1000, more),			\
	LINK_SECTION((start) + 0x1000, 0x9000, (more) | JAILHOUSE_MEM_WRITE)

#define PAIR_SECTIONS(id, more)					\
	LINK_COMMON(PAIR_START, more),				\
	LINK_OUTPUT(PAIR_START, 0, id, more),			\
	LINK_OUTPUT(PAIR_START, 1, id, more)
#define RING_SECTIONS(id, more)					\
	LINK_COMMON(RING_START, more),				\
	LINK_OUTPUT(RING_START, 0, id, more),			\
	LINK_OUTPUT(RING_START, 1, id, more),			\
	LINK_OUTPUT(RING_START, 2, id, more)

/* The device of one end; regions is where its sections start in mem_regions. */
#define LINK_DEVICE(link, id, regions)				\
	{							\
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM,		\
		.bdf = link##_BDF,				\
		.bar_mask = LINK_BARS,				\
		.num_msix_vectors = LINK_VECTORS,		\
		.shmem_regions_start = regions,			\
		.shmem_dev_id = id,				\
		.shmem_peers = link##_PEERS,			\
		.shmem_protocol = JAILHOUSE_SHMEM_PROTO_UNDEFINED, \
	}
