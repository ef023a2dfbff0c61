/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One row per reason, included several times (no include guard on purpose):
 * STATUS_ROW(enumerator, errno, rule name, what is wrong with {a} and {b} in hex, how to mend it).
 * {A} and {B} print the same values in decimal. Append to the section of your folder.
 */

/* base */
STATUS_ROW(STATUS_NO_MEMORY, 12, "pool-size", "the hypervisor's page pool is empty ({A} of {B} pages used)", "enlarge hypervisor_memory in the system config")
STATUS_ROW(STATUS_BUG, 5, "internal", "an internal invariant failed (code {a}, {b})", "report this as a bug of the hypervisor")
STATUS_ROW(STATUS_TIMEOUT, 5, "bounded-wait", "the hardware did not answer in time (code {a}, last value {b})", "check the device; nothing was changed")

/* config view */

/* config rules */

/* pt */
STATUS_ROW(STATUS_PT_RIGHTS, 22, "map-rights", "the table format cannot express the rights of the mapping at {a} (READ 1, WRITE 2, EXECUTE 4, DEVICE 8: {b})", "give the region READ as well, and keep WRITE and EXECUTE to what the format knows")
STATUS_ROW(STATUS_PT_ALIGNED, 22, "map-aligned", "the mapping at {a} with output {b} is empty or not a multiple of 4 KiB", "align start, address and size of the region to 0x1000")
STATUS_ROW(STATUS_PT_WIDTH, 34, "map-width", "the mapping at {a} with output {b} is beyond the width of the tables", "keep the region below the address width of the processor and of its IOMMU")
STATUS_ROW(STATUS_PT_MAPPED, 17, "map-once", "the address {a} is mapped already (second output {b})", "remove one of the two regions that share this address")
STATUS_ROW(STATUS_PT_SHAPE, 22, "table-shape", "the table format does not have the asked shape (levels {A}, highest superpage level {B})", "report this with the machine's processor and IOMMU model")

/* plan */

/* run */

/* iommu */

/* arch and boot */
