// SPDX-License-Identifier: GPL-2.0
/*
 * The page-table formats, one row each, to be laid beside the manual. Rights that are missing in a
 * row are not expressible there and refused; no format here can map memory without READ unless its
 * manual defines the write-only leaf.
 */
#include <base/bits.h>
#include <pt/pt.h>

#define R PT_READ
#define W PT_WRITE
#define X PT_EXECUTE
#define DEVICE PT_DEVICE

/* AMD64 APM vol. 2, 5.3-5.4 (long-mode entries). */
#define X86_P BIT(0)
#define X86_RW BIT(1)
#define X86_US BIT(2)
#define X86_UC (BIT(3) | BIT(4))	/* PWT | PCD: entry 3 of the reset PAT, strong uncached */
#define X86_A BIT(5)
#define X86_D BIT(6)
#define X86_PS BIT(7)
#define X86_NX BIT(63)

/*
 * Nested paging: APM vol. 2, 15.25. A nested walk is a user access (15.25.5), so US is set on every
 * level. Accessed and dirty are set beforehand: the processor then never writes to the tables.
 */
#define NPT_RO (X86_P | X86_US | X86_A)
#define NPT_RW (NPT_RO | X86_RW | X86_D)
static const u64 npt_leaf[] = {
	[R] = NPT_RO | X86_NX,
	[R | W] = NPT_RW | X86_NX,
	[R | X] = NPT_RO,
	[R | W | X] = NPT_RW,
	[R | DEVICE] = NPT_RO | X86_NX | X86_UC,
	[R | W | DEVICE] = NPT_RW | X86_NX | X86_UC,
	[R | X | DEVICE] = NPT_RO | X86_UC,
	[R | W | X | DEVICE] = NPT_RW | X86_UC,
};
const struct pt_format pt_npt = {
	.name = "npt",
	.address = MASK(51, 12), .present = X86_P, .kind = X86_PS,
	.table = X86_P | X86_RW | X86_US | X86_A, .leaf_super = X86_PS,
	.max_super = 2, .levels_min = 4, .levels_max = 5, .max_root_pages = 1,
	.leaves = (R | W | X | DEVICE) + 1,
	.leaf = npt_leaf,
};

/* The hypervisor's own map: APM vol. 2, 5.3. Supervisor only; writable and executable never meet. */
#define HOST_RO (X86_P | X86_A)
#define HOST_RW (HOST_RO | X86_RW | X86_D)
static const u64 host_x86_leaf[] = {
	[R] = HOST_RO | X86_NX,
	[R | W] = HOST_RW | X86_NX,
	[R | X] = HOST_RO,
	[R | DEVICE] = HOST_RO | X86_NX | X86_UC,
	[R | W | DEVICE] = HOST_RW | X86_NX | X86_UC,
};
const struct pt_format pt_host_x86 = {
	.name = "host-x86",
	.address = MASK(51, 12), .present = X86_P, .kind = X86_PS,
	.table = X86_P | X86_RW | X86_A, .leaf_super = X86_PS,
	.max_super = 2, .levels_min = 4, .levels_max = 5, .max_root_pages = 1,
	.leaves = (R | W | DEVICE) + 1,
	.leaf = host_x86_leaf,
};

/*
 * EPT: Intel SDM vol. 3, 28.3.2 (tables 28-1 to 28-6). Bits 5:3 of a leaf are its memory type; PAT
 * of the guest still refines it (bit 6 clear). Execute-only needs a capability and is not offered;
 * write without read is a misconfiguration (28.3.3.1).
 */
#define EPT_R BIT(0)
#define EPT_W BIT(1)
#define EPT_X BIT(2)
#define EPT_WB (6ULL << 3)	/* DEVICE: memory type 0, uncached */
#define EPT_LARGE BIT(7)
static const u64 ept_leaf[] = {
	[R] = EPT_R | EPT_WB,
	[R | W] = EPT_R | EPT_W | EPT_WB,
	[R | X] = EPT_R | EPT_X | EPT_WB,
	[R | W | X] = EPT_R | EPT_W | EPT_X | EPT_WB,
	[R | DEVICE] = EPT_R,
	[R | W | DEVICE] = EPT_R | EPT_W,
	[R | X | DEVICE] = EPT_R | EPT_X,
	[R | W | X | DEVICE] = EPT_R | EPT_W | EPT_X,
};
const struct pt_format pt_ept = {
	.name = "ept",
	.address = MASK(51, 12), .present = EPT_R | EPT_W | EPT_X, .kind = EPT_LARGE,
	.table = EPT_R | EPT_W | EPT_X, .leaf_super = EPT_LARGE,
	.max_super = 2, .levels_min = 4, .levels_max = 5, .max_root_pages = 1,
	.leaves = (R | W | X | DEVICE) + 1,
	.leaf = ept_leaf,
};

/*
 * VT-d second stage: VT-d specification, 9.8 "Second-Stage Paging Entries" (SS-PTE, SS-PDE,
 * SS-PDPE). Present means R or W; bit 11 (snoop) stays clear because not every unit knows it. A
 * device fetches no code, and the memory type is the root port's business: X and DEVICE are refused.
 */
#define VTD_R BIT(0)
#define VTD_W BIT(1)
#define VTD_PS BIT(7)
static const u64 vtd_leaf[] = {
	[R] = VTD_R,
	[W] = VTD_W,
	[R | W] = VTD_R | VTD_W,
};
const struct pt_format pt_vtd = {
	.name = "vtd",
	.address = MASK(51, 12), .present = VTD_R | VTD_W, .kind = VTD_PS,
	.table = VTD_R | VTD_W, .leaf_super = VTD_PS,
	.max_super = 2, .levels_min = 3, .levels_max = 5, .max_root_pages = 1,
	.leaves = (R | W) + 1,
	.leaf = vtd_leaf,
};

/*
 * AMD-Vi host page tables: AMD I/O Virtualization specification, 2.2.3. Bits 11:9 of an entry name
 * the level of the table it points to (1 is the lowest), 0 ends the walk with the default size of
 * the level. Rights are the AND of all levels. FC makes the access coherent whatever the device asks.
 */
#define AMDVI_PR BIT(0)
#define AMDVI_NEXT_LEVEL MASK(11, 9)
#define AMDVI_FC BIT(60)
#define AMDVI_IR BIT(61)
#define AMDVI_IW BIT(62)
static const u64 amdvi_leaf[] = {
	[R] = AMDVI_PR | AMDVI_FC | AMDVI_IR,
	[W] = AMDVI_PR | AMDVI_FC | AMDVI_IW,
	[R | W] = AMDVI_PR | AMDVI_FC | AMDVI_IR | AMDVI_IW,
};
const struct pt_format pt_amdvi = {
	.name = "amdvi",
	.address = MASK(51, 12), .present = AMDVI_PR, .kind = AMDVI_NEXT_LEVEL,
	.table = AMDVI_PR | AMDVI_IR | AMDVI_IW, .level_field = AMDVI_NEXT_LEVEL,
	.max_super = 2, .levels_min = 3, .levels_max = 5, .max_root_pages = 1,
	.leaves = (R | W) + 1,
	.leaf = amdvi_leaf,
};

/*
 * Arm stage 2, 4 KiB granule: Arm ARM, D8.3 (descriptor formats) and D8.5 (memory attributes).
 * MemAttr 0b1111 is normal write-back, 0b0001 device-nGnRE; XN is bits 54:53, 0b10 forbids execution
 * at both exception levels. AF is set beforehand. Bit 1 tells a page or table from a block.
 */
#define S2_VALID BIT(0)
#define S2_TABLE_OR_PAGE BIT(1)
#define S2_NORMAL (0xfULL << 2)
#define S2_DEVICE (0x1ULL << 2)
#define S2_R BIT(6)
#define S2_W BIT(7)
#define S2_INNER_SHAREABLE (3ULL << 8)
#define S2_AF BIT(10)
#define S2_XN BIT(54)
#define S2_MEM (S2_VALID | S2_AF | S2_INNER_SHAREABLE | S2_NORMAL)
#define S2_DEV (S2_VALID | S2_AF | S2_XN | S2_DEVICE)
static const u64 stage2_leaf[] = {
	[R] = S2_MEM | S2_XN | S2_R,
	[W] = S2_MEM | S2_XN | S2_W,
	[R | W] = S2_MEM | S2_XN | S2_R | S2_W,
	[R | X] = S2_MEM | S2_R,
	[R | W | X] = S2_MEM | S2_R | S2_W,
	[R | DEVICE] = S2_DEV | S2_R,
	[W | DEVICE] = S2_DEV | S2_W,
	[R | W | DEVICE] = S2_DEV | S2_R | S2_W,
};
const struct pt_format pt_stage2 = {
	.name = "stage2",
	.address = MASK(47, 12), .present = S2_VALID, .kind = S2_TABLE_OR_PAGE,
	.table = S2_VALID | S2_TABLE_OR_PAGE, .leaf_level0 = S2_TABLE_OR_PAGE,
	.max_super = 2, .levels_min = 3, .levels_max = 4, .max_root_pages = 16,
	.leaves = (R | W | DEVICE) + 1,
	.leaf = stage2_leaf,
};

/*
 * The hypervisor's own map on Arm: stage 1 of EL2, 4 KiB granule (Arm ARM, D8.3). Attribute index 0 is
 * write-back memory, 1 device-nGnRE; AP[2] is read-only, AP[1] is one where there is no EL0.
 */
#define EL2_VALID BIT(0)
#define EL2_TABLE_OR_PAGE BIT(1)
#define EL2_DEVICE (1ULL << 2)
#define EL2_AP1 BIT(6)
#define EL2_RO BIT(7)
#define EL2_INNER_SHAREABLE (3ULL << 8)
#define EL2_AF BIT(10)
#define EL2_XN BIT(54)
#define EL2_RW_MEM (EL2_VALID | EL2_AP1 | EL2_INNER_SHAREABLE | EL2_AF)
#define EL2_RW_DEV (EL2_VALID | EL2_AP1 | EL2_AF | EL2_XN | EL2_DEVICE)
static const u64 host_arm64_leaf[] = {
	[R] = EL2_RW_MEM | EL2_RO | EL2_XN,
	[R | W] = EL2_RW_MEM | EL2_XN,
	[R | X] = EL2_RW_MEM | EL2_RO,
	[R | DEVICE] = EL2_RW_DEV | EL2_RO,
	[R | W | DEVICE] = EL2_RW_DEV,
};
const struct pt_format pt_host_arm64 = {
	.name = "host-arm64",
	.address = MASK(47, 12), .present = EL2_VALID, .kind = EL2_TABLE_OR_PAGE,
	.table = EL2_VALID | EL2_TABLE_OR_PAGE, .leaf_level0 = EL2_TABLE_OR_PAGE,
	.max_super = 2, .levels_min = 4, .levels_max = 4, .max_root_pages = 1,
	.leaves = (R | W | DEVICE) + 1,
	.leaf = host_arm64_leaf,
};
