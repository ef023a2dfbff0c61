/* SPDX-License-Identifier: GPL-2.0 */
/* Addresses of different worlds are different types, so that the compiler refuses to mix them. */
#ifndef BASE_ADDR_H
#define BASE_ADDR_H

#include <jailhouse/types.h>

typedef struct { u64 value; } phys_t;	/* host physical (HPA) */
typedef struct { u64 value; } gpa_t;	/* what a cell calls physical (GPA), and IOVA of its devices */

#define PHYS(v) ((phys_t){ .value = (v) })
#define GPA(v) ((gpa_t){ .value = (v) })

#define PAGE_SIZE 0x1000UL
#define PAGE_MASK 0xfffUL	/* offset bits */
#define PAGE_SHIFT 12

#endif
