/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Explained denials: who tried what, what is near, and the config line that would allow it. A storm
 * of them must not stop the machine, so a bucket limits the lines; the next one says how many were
 * left out.
 */
#include <arch/arch.h>
#include <base/print.h>
#include <boot/comm.h>
#include <boot/console.h>
#include <boot/denial.h>
#include <boot/report.h>
#include <port/core.h>

#define LINE_MAX	400
#define BUCKET_SIZE	24
#define LINES_PER_SECOND	16

/* Whose turn it is writes into line. */
static struct {
	u64 refilled;
	u32 spent;	/* lines, of BUCKET_SIZE */
	u32 left_out;
	volatile u32 turn;
	u32 length;
	char line[LINE_MAX];
} bucket;

static const struct { const char *did, *grant; } kinds[] = {
	[DENIED_READ] = { "read", "JAILHOUSE_MEM_READ" },
	[DENIED_WRITE] = { "write", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE" },
	[DENIED_EXECUTE] = { "execution", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_EXECUTE" },
	[DENIED_INTERRUPT] = { "interrupt to the outside, value", NULL },
	[DENIED_DMA_READ] = { "DMA read", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_DMA" },
	[DENIED_DMA_WRITE] = { "DMA write", "JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_DMA" },
};

/* Also takes the turn, when true; bounded: the report is not worth a stopped machine. */
static bool may_print(void)
{
	u64 now = arch_ticks(), lines;

	if (!console_lock(&bucket.turn))
		return false;
	lines = (now - bucket.refilled) * LINES_PER_SECOND / arch_second();
	if (lines) {
		bucket.refilled = now;
		bucket.spent -= lines < bucket.spent ? (u32)lines : bucket.spent;
	}
	bucket.length = 0;
	if (bucket.spent++ < BUCKET_SIZE)
		return true;
	bucket.spent = BUCKET_SIZE;
	bucket.left_out++;
	cpu_unlock(&bucket.turn);
	return false;
}

static __attribute__((format(printf, 1, 2))) void add(const char *format, ...)
{
	va_list_t args;

	__builtin_va_start(args, format);
	bucket.length += print_to_v(bucket.line + bucket.length, LINE_MAX - bucket.length, format, args);
	__builtin_va_end(args);
}

/* Region of the cell closest below the address; NULL: none. */
static const struct jailhouse_memory *nearest_region(const struct cell_view *view, u64 address)
{
	const struct jailhouse_memory *best = NULL;

	for (u32 i = 0; i < view->desc->num_memory_regions; i++) {
		const struct jailhouse_memory *memory = &view->memory[i];

		if (memory->size && memory->virt_start <= address &&
		    (!best || memory->virt_start > best->virt_start))
			best = memory;
	}
	return best;
}

/* Whose memory it is, as far as not root's; NULL: nobody's. */
static const char *holder_of(u64 phys)
{
	const struct jailhouse_header *header = machine.header;
	const struct plan *plan = machine.now.plan;

	if (phys - header->hypervisor_phys < header->hypervisor_size)
		return "the hypervisor";
	for (u32 i = 0; i < plan->maps.count; i++) {
		const struct plan_map *map = &plan_maps(plan)[i];

		if (map->cell != 0 && map->kind != PLAN_MAP_ZERO &&
		    map->kind != PLAN_MAP_COMM && phys - map->out <= map->last - map->first)
			return plan_cells(plan)[map->cell].name;
	}
	return NULL;
}

static void add_window_hint(const struct plan_trap *trap)
{
	if (trap->kind == PLAN_TRAP_SUBPAGE)
		add("; to allow: flags of mem_regions[%u] for its direction, width and alignment", trap->index);
	else
		add(" in an emulated window; no config line can allow it");
}

static void add_memory_hint(const struct cell *cell, u64 address, const char *grant)
{
	const struct jailhouse_memory *near = nearest_region(&cell->view, address);
	const struct plan_trap *trap = plan_find_trap(machine.now.plan, cell->slot, address);
	const char *holder = holder_of(address);

	if (trap) {
		add_window_hint(trap);
	} else if (holder && cell->slot == 0) {	/* root maps one to one */
		add(", which belongs to %s; no config line can allow it", holder);
	} else {
		if (near)
			add("; nearest is mem_regions[%u] %llx + %llx", (u32)(near - cell->view.memory),
			    near->virt_start, near->size);
		address &= ~PAGE_MASK;
		add("; to allow: { .phys_start = 0x%llx, .virt_start = 0x%llx, .size = 0x1000, .flags = %s },",
		    address, address, grant);
		if (holder)
			add(" but with another phys_start: that one belongs to %s", holder);
	}
}

static void add_hint(const struct cell *cell, enum denial_kind kind, u64 address)
{
	if (kinds[kind].grant)
		add_memory_hint(cell, address, kinds[kind].grant);
	else if (kind == DENIED_PCI)
		add("; to allow: a row of pci_devices with pci_caps that cover it");
	else
		add("; no config line can allow it");
}

/* What was tried, and its address or, of a config access (ECAM offset), the function and its register. */
static void add_place(enum denial_kind kind, u64 address)
{
	if (kind != DENIED_PCI)
		add("%s 0x%llx", kinds[kind].did, address);
	else
		add("PCI config write %02x:%02x.%x register 0x%x", (u32)(address >> 20),
		    (u32)(address >> 15) & 0x1f, (u32)(address >> 12) & 7, (u32)address & 0xfff);
}

static void publish(void)
{
	if (bucket.left_out)
		add(" (%u more left out)", bucket.left_out);
	bucket.left_out = 0;
	report_denial(bucket.line, bucket.length);
	bucket.line[bucket.length++] = '\n';	/* print_to_v leaves room for its NUL */
	console_write(bucket.line, bucket.length);
	cpu_unlock(&bucket.turn);
}

void core_denied(u32 slot, u32 who, enum denial_kind kind, u64 address, u32 width)
{
	const struct cell *cell = &machine.cells[slot];

	if (!may_print())
		return;
	add("Denied: cell \"%s\" CPU %u: ", cell->view.desc->name, who);
	if (kind >= DENIED_ARCH) {
		bucket.length += arch_denial(bucket.line + bucket.length, LINE_MAX - bucket.length, kind,
					     address, width);
	} else {
		add_place(kind, address);
		add_hint(cell, kind, address);
	}
	publish();
}

/* NULL: nobody's. */
static const struct cell *requester_cell(const struct iommu_fault *fault)
{
	const struct plan *plan = machine.now.plan;
	const struct plan_stream *stream;
	const struct plan_device *device;

	if (fault->stream) {
		stream = plan_find_stream(plan, fault->requester);
		return stream ? &machine.cells[stream->cell] : NULL;
	}
	device = plan_dma_owner(plan, (u16)fault->requester);
	return device ? &machine.cells[device->cell] : NULL;
}

static void add_requester(const struct iommu_fault *fault)
{
	u32 id = fault->requester;

	if (fault->stream)
		add("stream 0x%x", id);
	else
		add("device %02x:%02x.%x", id >> 8, id >> 3 & 0x1f, id & 7);
}

void denial_dma(const struct iommu_fault *fault, const char *why)
{
	enum denial_kind kind = fault->write ? DENIED_DMA_WRITE : DENIED_DMA_READ;
	const struct cell *cell = requester_cell(fault);

	if (fault->overflow)
		console_line("An IOMMU lost fault records around the next one");
	if (!may_print())
		return;
	add("Denied: cell \"%s\" ", cell ? cell->view.desc->name : "nobody");
	add_requester(fault);
	if (fault->blind)
		add(": DMA (%s)", why);
	else
		add(": %s 0x%llx (%s)", kinds[kind].did, fault->address, why);
	if (cell && !fault->blind)
		add_hint(cell, kind, fault->address);
	publish();
}

/* The cell fails with its last CPU. */
void core_cpu_failed(struct cpu *cpu)
{
	unsigned slot = arch_cpu_cell(cpu);

	console_line("Parking CPU %u (Cell: \"%s\")", arch_cpu_id(cpu),
		     machine.cells[slot].view.desc->name);
	for (u32 id = 0; id < machine.now.plan->num_cpus; id++)
		if (plan_cpus(machine.now.plan)[id] == slot && !arch_cpu_failed(arch_cpu(id)))
			return;
	if (slot != 0)
		comm_set_state(cpu, &machine.cells[slot], JAILHOUSE_CELL_FAILED);
}

void core_cell_ended(struct cpu *cpu)
{
	struct cell *cell = &machine.cells[arch_cpu_cell(cpu)];

	console_line("Cell \"%s\" has switched itself off", cell->view.desc->name);
	cell->running = false;
	comm_set_state(cpu, cell, JAILHOUSE_CELL_SHUT_DOWN);
}
