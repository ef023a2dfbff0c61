/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The geometry of a table. A test or a proof that wants every case of a smaller world defines this
 * header's guard and its own PT_LEVEL_BITS before it includes the engine.
 */
#ifndef PT_GEOMETRY_H
#define PT_GEOMETRY_H

#define PT_LEVEL_BITS 9	/* a table has 2^PT_LEVEL_BITS entries of 8 bytes */

#endif
