/* SPDX-License-Identifier: GPL-2.0 */
/* The extension block behind the arrays of a blob. */
#ifndef CONFIG_EXTENSION_H
#define CONFIG_EXTENSION_H

#include <config/config.h>

/*
 * Open the left bytes behind the arrays, which must be exactly one sound block, into view.
 * unprotected: the JAILHOUSE_UNPROTECTED_* that mean something on this kind of machine; kinds: bit per
 * record kind that may come.
 */
enum status extension_open(struct cell_view *view, u32 unprotected, u32 kinds, const u8 *block,
			   u32 left, struct refusal *refusal) MUST_USE;
/* Bytes the block claims to have when its header starts at block; 0: there is none. */
u64 extension_size(const u8 *block, u32 available);

#endif
