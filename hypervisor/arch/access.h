/* SPDX-License-Identifier: GPL-2.0 */
/* One access of a guest to memory or ports that no table grants directly, and the answer. */
#ifndef ARCH_ACCESS_H
#define ARCH_ACCESS_H

#include <jailhouse/types.h>

struct access {
	u64 address;	/* guest-physical, or port */
	u64 value;	/* written, or the answer */
	u8 width;	/* bytes */
	bool write;
};

enum answer {
	ANSWER_DONE,
	ANSWER_DENIED,	/* nobody grants it */
};

#endif
