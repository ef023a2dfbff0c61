/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* Fixed-width integers under the names that configs, the driver and the hypervisor use. */
#ifndef _JAILHOUSE_TYPES_H
#define _JAILHOUSE_TYPES_H

#ifndef __ASSEMBLY__

#ifdef __KERNEL__

#include <linux/types.h>

#else

typedef signed char s8;
typedef unsigned char u8;
typedef signed short s16;
typedef unsigned short u16;
typedef signed int s32;
typedef unsigned int u32;
typedef signed long long s64;
typedef unsigned long long u64;

typedef s8 __s8;
typedef u8 __u8;
typedef s16 __s16;
typedef u16 __u16;
typedef s32 __s32;
typedef u32 __u32;
typedef s64 __s64;
typedef u64 __u64;

#ifndef __bool_true_false_are_defined
#define __bool_true_false_are_defined 1
#define bool _Bool
#define true 1
#define false 0
#endif

#ifndef NULL
#define NULL ((void *)0)
#endif

#endif /* __KERNEL__ */

#endif /* __ASSEMBLY__ */

#endif
