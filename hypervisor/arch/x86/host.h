/* SPDX-License-Identifier: GPL-2.0 */
/* The hypervisor's own descriptor tables, and this CPU's step into its address space. */
#ifndef ARCH_X86_HOST_H
#define ARCH_X86_HOST_H

#include <arch/x86/cpu.h>

#define HOST_CS		0x10
#define HOST_DATA	0x18

/* Tables of this CPU, then host_enter(). */
void host_join(struct cpu *cpu, bool writable);
void host_init_idt(void);
void host_load_tables(void);

#endif
