/* SPDX-License-Identifier: GPL-2.0 */
/* What the story needs of an instruction set. One implementation per arch/ folder. */
#ifndef ARCH_ARCH_H
#define ARCH_ARCH_H

#include <arch/cpu.h>
#include <arch/machine.h>
#include <port/core.h>

/* Own address space of the first CPU: on return the pool is at its final place and writable. */
enum status arch_take_space(struct cpu *cpu) MUST_USE;
/* The same for the others, sealed. */
void arch_join_space(struct cpu *cpu);
/* Processor features, interrupt controller, permission maps; changes nothing in the hardware. */
enum status arch_probe(struct cpu *self, struct refusal *refusal) MUST_USE;
void arch_unseal(void);
void arch_seal(void);
/* Map device registers for the hypervisor, before the first seal; NULL: no memory. */
volatile u8 *arch_map_device(u64 phys, u64 size);

/* Bits of physical addresses, and of guests' ones, that the CPUs have. */
u8 arch_phys_bits(void);
/* CPU-side tables of one cell of a plan, all pages under owner. */
enum status arch_build_cell(const struct plan *plan, unsigned cell, u8 owner,
			    struct cell_tables *tables) MUST_USE;
/* Room for a cell that is to come, in what only this architecture has. */
enum status arch_room(const struct cell_view *view, struct refusal *refusal) MUST_USE;
/* Interrupt routing of a cell follows a plan; its CPUs stand still. */
void arch_regroup(const struct plan *plan, u16 cell);
/* No interrupt line of the cell is let through until the cell asks for it again. */
void arch_mask_interrupts(u16 cell);
/* Interrupt controllers: adopt what Linux set up, hand pins over, give all back. */
enum status arch_adopt_interrupts(struct refusal *refusal) MUST_USE;
void arch_return_interrupts(void);

/* Enter the root cell as a guest. */
void arch_run(struct cpu *cpu) __attribute__((noreturn));
/* Linux goes on natively behind its hypercall. */
void arch_leave(struct cpu *cpu, s64 result) __attribute__((noreturn));
/* Before the first CPU leaves: what all of them need. */
void arch_prepare_leave(struct cpu *cpu);

/* A page of physical memory to look at or write to, until the next call. */
void *arch_look(struct cpu *cpu, u64 phys);
volatile u8 *arch_look_device(struct cpu *cpu, u64 phys);

struct cpu *arch_cpu(u32 id);
u32 arch_cpu_id(const struct cpu *cpu);
u16 arch_cpu_cell(const struct cpu *cpu);
bool arch_cpu_entered(const struct cpu *cpu);
bool arch_cpu_halted(const struct cpu *cpu);	/* for whatever reason */
bool arch_cpu_failed(const struct cpu *cpu);
/* Answer to CPU_GET_INFO: state or counter, or a negative errno. */
s64 arch_cpu_info(struct cpu *caller, u64 id, u64 type);
/* Which configs this machine takes, and what is in its plans. */
extern const struct config_arch *const arch_config;
extern const struct plan_arch *const arch_plan;
/* How many counters this architecture has. */
extern const u8 arch_num_stats;
/* While the CPU stands still (or is the caller's own): new owner and tables, halted, counters 0. */
void arch_cpu_assign(struct cpu *cpu, u16 cell);
/* Tables of its cell changed. */
void arch_cpu_reload(struct cpu *cpu);
/* Is as after reset when released; the first of its cell, or every one where all start, runs at address. */
void arch_cpu_restart(struct cpu *cpu, u64 address, bool first);
extern const bool arch_all_start;
/* Halts; failed or just shut down. */
void arch_cpu_halt(struct cpu *cpu, bool failed);

/* The guest of the CPU, which has just ended guest mode, ran a program without privileges. */
bool arch_in_program(struct cpu *cpu);

void arch_relax(void);
/* Monotonic counter of roughly constant rate. */
u64 arch_ticks(void);
/* Ticks in a second, roughly; never less. */
u64 arch_second(void);

/* Whom messages of a cell's devices may name; NULL: whoever reaches an address may write there. */
const struct msi_cpus *arch_message_cpus(u16 cell);
/* Deliver the interrupt message of a virtual device; false: it leads out of the cell. */
bool arch_raise(u16 cell, struct msi_message message);
/* Pulse a line of the virtual PCI host, pin 0 to 3; where the machine has none of ours, nothing. */
void arch_raise_line(u16 cell, unsigned pin);

/* Memory of the cell goes to another owner: nothing of it is left in a cache that the owner may bypass. */
void arch_clean_memory(struct cpu *self, const struct cell_view *view);

/* The words of a denial from DENIED_ARCH on: what was tried, where, and what would allow it. */
unsigned arch_denial(char *line, unsigned size, enum denial_kind kind, u64 address, u32 width);

/* Fields of the communication region that only this architecture has. */
void arch_fill_comm(void *comm, const struct cell_view *view);

#endif
