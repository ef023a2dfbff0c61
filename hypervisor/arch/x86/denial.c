/* SPDX-License-Identifier: GPL-2.0 */
/* Denials that only this architecture has. */
#include <arch/arch.h>
#include <base/print.h>

static const char *const words[] = {
	[DENIED_REGISTER_READ - DENIED_ARCH] = "read of MSR",
	[DENIED_REGISTER_WRITE - DENIED_ARCH] = "write of MSR",
	[DENIED_IPI - DENIED_ARCH] = "IPI to APIC",
	[DENIED_STATE - DENIED_ARCH] = "invalid processor state at",
	[DENIED_PORT_READ - DENIED_ARCH] = "read of port",
	[DENIED_PORT_WRITE - DENIED_ARCH] = "write of port",
	[DENIED_TRIPLE_FAULT - DENIED_ARCH] = "triple fault at",
};

unsigned arch_denial(char *line, unsigned size, enum denial_kind kind, u64 address, u32 width)
{
	unsigned n = print_to(line, size, "%s 0x%llx; ", words[kind - DENIED_ARCH], address);

	if (kind == DENIED_PORT_READ || kind == DENIED_PORT_WRITE)
		return n + print_to(line + n, size - n, "to allow: PIO_RANGE(0x%llx, %u),", address, width);
	return n + print_to(line + n, size - n, "no config line can allow it");
}
