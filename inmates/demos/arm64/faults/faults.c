// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* All that only arm64 knows, in the order in which it is tried. */
#include "parts.h"

const struct fault *const machine_faults[] = {
	memory_faults,
	processor_faults,
	interrupt_faults,
	call_faults,
	register_faults,
	NULL,
};
