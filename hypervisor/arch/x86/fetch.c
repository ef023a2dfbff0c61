/* SPDX-License-Identifier: GPL-2.0 */
/* Instruction fetch without decode assists: walk the guest's tables, look at its pages. */
#include <arch/host_map.h>
#include <arch/machine.h>
#include <arch/x86/fetch.h>
#include <arch/x86/host.h>
#include <arch/x86/msr.h>
#include <base/string.h>
#include <run/guest_walk.h>
#include <run/mmio_decode.h>

#define WINDOW_TABLE	0	/* and the next four: one per level of the guest's tables */
#define WINDOW_CODE	5

struct walk {
	struct cpu *cpu;
	unsigned window;
};

/*
 * Windows keep showing a page until another one is wanted, because the same few are looked at again
 * and again. They are forgotten when the CPU gets other tables (svm_assign).
 */
static const u8 *look_at(struct cpu *cpu, unsigned window, u64 gpa)
{
	u64 page = gpa & ~PAGE_MASK;
	const struct plan_map *map;

	if (cpu->looked[window] == page)
		return cpu->base.windows + window * PAGE_SIZE + (gpa & PAGE_MASK);
	map = plan_find_memory(machine.now.plan, cpu->base.cell, gpa);
	if (!map)
		return NULL;
	cpu->looked[window] = page;
	return host_look(cpu, window, map->out + (gpa - map->first));
}

static bool read_table(void *context, u64 gpa, u64 *entry)
{
	struct walk *walk = context;
	struct walked *walked = &walk->cpu->walked;
	const u8 *at = look_at(walk->cpu, walk->window, gpa);

	if (!at)
		return false;
	*entry = *(const volatile u64 *)at;
	walked->at[walk->window] = (const volatile u64 *)at;
	walked->value[walk->window++] = *entry;
	return true;
}

/* The walk to a page of code, remembered when it comes to its end. */
static __attribute__((noinline)) const u8 *walk_to_code(struct cpu *cpu, u64 page)
{
	const struct vmcb *vmcb = &cpu->vmcb;
	struct guest_paging paging = guest_paging(vmcb->cr0, vmcb->cr3, vmcb->cr4, vmcb->efer);
	struct walk walk = { .cpu = cpu, .window = WINDOW_TABLE };
	const u8 *code = NULL;
	u64 gpa;

	cpu->walked.entries = 0;
	if (guest_walk(&paging, page, read_table, &walk, &gpa) == OK)
		code = look_at(cpu, WINDOW_CODE, gpa);
	if (!code)
		return NULL;
	cpu->walked.page = page;
	cpu->walked.cr3 = vmcb->cr3;
	cpu->walked.cr0 = vmcb->cr0;
	cpu->walked.cr4 = vmcb->cr4;
	cpu->walked.efer = vmcb->efer;
	cpu->walked.code = code;
	cpu->walked.entries = walk.window;
	return code;
}

static bool walk_again(const struct cpu *cpu, u64 page)
{
	const struct walked *walked = &cpu->walked;
	const struct vmcb *vmcb = &cpu->vmcb;

	if (walked->page != page || walked->cr3 != vmcb->cr3 || walked->cr0 != vmcb->cr0 ||
	    walked->cr4 != vmcb->cr4 || walked->efer != vmcb->efer || !walked->entries)
		return false;
	for (u32 i = 0; i < walked->entries; i++)
		if (*walked->at[i] != walked->value[i])
			return false;
	return true;
}

static const u8 *look_at_code(struct cpu *cpu, u64 linear)
{
	u64 page = linear & ~PAGE_MASK;
	const u8 *code = walk_again(cpu, page) ? cpu->walked.code : walk_to_code(cpu, page);

	return code ? code + (linear & PAGE_MASK) : NULL;
}

static u64 code_address(const struct vmcb *vmcb)
{
	if (vmcb->cs.attributes & SEGMENT_L && vmcb->efer & EFER_LMA)
		return vmcb->rip;
	return (vmcb->cs.base + vmcb->rip) & 0xffffffff;
}

static unsigned bytes_in_page(u64 linear)
{
	u64 left = PAGE_SIZE - (linear & PAGE_MASK);

	return left < MMIO_INSN_MAX ? (unsigned)left : MMIO_INSN_MAX;
}

/* One copy, so that what is decoded cannot change under the decoder; at has 15 readable bytes. */
static void copy_whole(u8 *copy, const u8 *at)
{
	u64 head = *(const volatile u64 *)at;
	u64 tail = *(const volatile u64 *)(at + 7);

	memcpy(copy, &head, sizeof(head));
	memcpy(copy + 7, &tail, sizeof(tail));
}

struct fetched fetch_instruction(struct cpu *cpu, u8 *copy, bool across)
{
	u64 linear = code_address(&cpu->vmcb);
	unsigned first = bytes_in_page(linear);
	const u8 *at;

	if (cpu->vmcb.fetched & 0xf)
		return (struct fetched) { cpu->vmcb.bytes, cpu->vmcb.fetched & 0xf };
	at = look_at_code(cpu, linear);
	if (!at)
		return (struct fetched) { copy, 0 };
	if (first == MMIO_INSN_MAX) {
		copy_whole(copy, at);
		return (struct fetched) { copy, MMIO_INSN_MAX };
	}
	memcpy(copy, at, first);
	at = across ? look_at_code(cpu, linear + first) : NULL;
	if (at)
		memcpy(copy + first, at, MMIO_INSN_MAX - first);
	return (struct fetched) { copy, at ? MMIO_INSN_MAX : first };
}
