// SPDX-License-Identifier: GPL-2.0
/*
 * Any sequence of config and register accesses, resets and re-attachments by four cells with two
 * links. After each step: registers hold only bits they have, writes to shared memory stay inside
 * the state table of the link, only ends of the same link wake, and what is taken was raised by
 * somebody.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <run/ivshmem.h>
#include <run/pci_cf8.h>
#include <run/pci_masks.h>

#define CELLS 4
#define STATES 0x3f0f0000ULL	/* of the first link; the second one's is a page behind */

struct fuzz_step {
	u8 what, cell;
	u16 where;
	u8 width;
	u32 value;
} __attribute__((packed));

static const struct jailhouse_memory regions[] = {
	{ .phys_start = STATES, .virt_start = STATES, .size = 0x1000 },
	{ .phys_start = STATES + 0x1000, .virt_start = STATES + 0x1000, .size = 0x1000 },
	{ .size = 0x1000 }, { .size = 0x1000 }, { .size = 0x1000 }, { .size = 0x1000 },
};
static const struct jailhouse_cell_desc desc = { .num_memory_regions = 6 };
static const struct cell_view view = { .desc = &desc, .memory = regions };

static void demand(bool holds)
{
	if (!holds)
		abort();
}

/* Cells 0 to 2 share link 0, cells 0 and 3 link 1; cell 2 has a line, the others many vectors. */
static struct jailhouse_pci_device device_of(unsigned cell, unsigned link)
{
	return (struct jailhouse_pci_device) {
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM, .bdf = (u16)(0x70 + link * 8),
		.bar_mask = { 0xfffff000, 0xfffff000 }, .shmem_regions_start = link,
		.num_msix_vectors = (u16)(cell == 2 ? 0 : link ? 16 : 2 + cell),
		.shmem_dev_id = (u8)(link ? cell / 3 : cell), .shmem_peers = (u8)(link ? 2 : 3),
	};
}

static bool has_link(unsigned cell, unsigned link)
{
	return link ? cell % 3 == 0 : cell < 3;
}

static void check_effect(struct ivshmem *ivshmem, const struct ivshmem_end *source,
			 const struct ivshmem_effect *effect)
{
	u64 states = source->bdf == 0x70 ? STATES : STATES + 0x1000;
	struct msi_message message;
	unsigned n, taken;

	demand(effect->state_words == 0 ||
	       (effect->state_phys >= states &&
		effect->state_phys + 4U * effect->state_words <= states + 4U * source->peers));
	for (n = 0; n < IVSHMEM_MAX_ENDS; n++) {
		struct ivshmem_end *end = &ivshmem->ends[n];
		u16 before = end->pending;

		if (!(effect->wake >> n & 1))
			continue;
		demand(end->attached && end->bdf == source->bdf && before);
		demand(!(before >> (end->vectors ? end->vectors : 1)));
		for (taken = 0; ivshmem_take(end, &message) != IVSHMEM_NO_INTERRUPT; taken++)
			demand(taken < (unsigned)__builtin_popcount(before));
		demand(taken > 0);
	}
}

static bool can_signal(const struct ivshmem_end *end)
{
	if (!end->vectors)
		return !(end->command & 0x0400);
	return (end->command & 0x0004) && (end->msix_control & 0x8000);
}

static void check_ends(const struct ivshmem *ivshmem)
{
	unsigned n, bar, vector;

	for (n = 0; n < IVSHMEM_MAX_ENDS; n++) {
		const struct ivshmem_end *end = &ivshmem->ends[n];

		demand(!(end->command & ~0x0406));
		demand((end->msix_control & 0x3fff) == (end->vectors ? end->vectors - 1 : 0));
		demand(!end->pending || can_signal(end));
		for (bar = 0; bar < 2; bar++)
			demand(!(end->bar[bar] & ~end->bar_mask[bar]));
		for (vector = end->vectors; vector < IVSHMEM_MAX_VECTORS && end->attached; vector++)
			demand(end->table[vector].word[MSIX_CONTROL] == 1 &&
			       !end->table[vector].word[MSIX_ADDRESS_LOW]);
		/* Nothing that could be delivered is ever left behind. */
		demand(!end->attached || !ivshmem_deliverable(end));
		demand(!end->attached || n < ivshmem->used);
	}
}

static void attach(struct ivshmem *ivshmem, unsigned cell, unsigned link)
{
	struct jailhouse_pci_device device = device_of(cell, link);
	struct ivshmem_effect effect;

	if (!has_link(cell, link) || ivshmem_find(ivshmem, (u16)cell, device.bdf))
		return;
	check_effect(ivshmem, ivshmem_attach(ivshmem, (u16)cell, &view, &device, &effect), &effect);
	demand(ivshmem_find(ivshmem, (u16)cell, device.bdf));
}

static void access_window(struct ivshmem *ivshmem, struct ivshmem_end *end,
			  const struct fuzz_step *step, struct ivshmem_effect *effect)
{
	struct ivshmem_place place;
	unsigned bar = step->where >> 15;
	u64 value, address = end->bar[bar] + (step->where & 0xfffULL);

	end = ivshmem_find_window(ivshmem, end->cell, address, &place);
	if (!end)
		return;
	demand(place.bar < 2 && place.offset < 0x1000);
	if (step->what & 0x80)
		(void)!ivshmem_mmio_write(ivshmem, end, place, step->width, step->value, effect);
	else if (ivshmem_mmio_read(end, place, step->width, &value))
		demand(place.bar == 1 && value == 0);
	if (step->what & 0x80)
		check_effect(ivshmem, end, effect);
	*effect = (struct ivshmem_effect) { .wake = 0 };
}

static void play(struct ivshmem *ivshmem, const struct fuzz_step *step)
{
	unsigned cell = step->cell % CELLS, link = step->cell >> 7;
	struct ivshmem_end *end = ivshmem_find(ivshmem, (u16)cell, (u16)(0x70 + link * 8));
	struct ivshmem_effect effect = { .wake = 0 };
	unsigned width = 1U << step->width % 3;

	if (!end) {
		attach(ivshmem, cell, link);
		return;
	}
	switch (step->what & 7) {
	case 0:
		ivshmem_reset(ivshmem, end, &effect);
		break;
	case 1:
		ivshmem_detach(ivshmem, end, &effect);
		break;
	case 2:
	case 3:
	case 4:
		if (!pci_access_fits(step->where & 0xfff, width))
			break;
		if (step->what & 0x80)
			(void)!ivshmem_config_write(ivshmem, end, step->where & 0xfff, width,
						    step->value, &effect);
		else
			demand(!(ivshmem_config_read(end, step->where & 0xfff, width) &
				 ~pci_touched(0, width)));
		break;
	default:
		access_window(ivshmem, end, step, &effect);
		break;
	}
	check_effect(ivshmem, end, &effect);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct ivshmem ivshmem;
	struct fuzz_step step;
	unsigned cell;

	memset(&ivshmem, 0, sizeof(ivshmem));
	for (cell = 0; cell < CELLS; cell++) {
		attach(&ivshmem, cell, 0);
		attach(&ivshmem, cell, 1);
	}
	for (; size >= sizeof(step); data += sizeof(step), size -= sizeof(step)) {
		memcpy(&step, data, sizeof(step));
		play(&ivshmem, &step);
		check_ends(&ivshmem);
	}
	return 0;
}
