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

/* plan */

/* run */

/* iommu */

/* arch and boot */
