/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For tests of ivshmem: three cells on one link, driven through config space and registers as their
 * drivers do.
 */
#ifndef RUN_IVSHMEM_KIT_H
#define RUN_IVSHMEM_KIT_H

#include <string.h>

#include <run/ivshmem.h>

#define BDF 0x0070	/* 00:0e.0 */
#define BAR0 0xff000000U
#define BAR1 0xff001000U
#define COMMAND_ON 0x0006

static const struct jailhouse_memory regions[] = {
	{ .size = 0x1000, .virt_start = 0x1000, .phys_start = 0x1000 },
	{ .phys_start = 0x3f0f0000, .virt_start = 0x3f0f0000, .size = 0x1000 },
	{ .phys_start = 0x3f0f1000, .virt_start = 0x3f0f1000, .size = 0x9000 },
	{ .phys_start = 0x3f0fa000, .virt_start = 0x3f0fa000, .size = 0x2000 },
	{ .phys_start = 0x3f0fc000, .virt_start = 0x3f0fc000, .size = 0x2000 },
	{ .phys_start = 0x3f0fe000, .virt_start = 0x3f0fe000, .size = 0x2000 },
};

static inline struct jailhouse_pci_device device_with(u8 id, u16 vectors)
{
	return (struct jailhouse_pci_device) {
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM, .bdf = BDF,
		.bar_mask = { 0xfffff000, vectors ? 0xfffff000 : 0 },
		.num_msix_vectors = vectors, .shmem_regions_start = 1, .shmem_dev_id = id,
		.shmem_peers = 3, .shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
	};
}

struct world {
	struct ivshmem ivshmem;
	struct ivshmem_effect effect;
	u32 states[3];		/* the state table in shared memory */
	u32 messages[3];	/* delivered per end, the sum of data words in sums */
	u32 sums[3];
	u32 lines[3];
};

/* What the caller of the model does with an effect. */
static inline void perform(struct world *w)
{
	struct msi_message message;
	enum ivshmem_interrupt kind;
	unsigned n;

	for (n = 0; n < w->effect.state_words; n++) {
		u64 index = (w->effect.state_phys - 0x3f0f0000) / 4 + n;

		assert_true(index < 3);
		w->states[index] = w->effect.state_value;
	}
	for (n = 0; n < IVSHMEM_MAX_ENDS; n++) {
		struct ivshmem_end *end = &w->ivshmem.ends[n];

		if (!(w->effect.wake >> n & 1))
			continue;
		assert_true(end->attached);
		while ((kind = ivshmem_take(end, &message)) != IVSHMEM_NO_INTERRUPT) {
			if (kind == IVSHMEM_LINE) {
				w->lines[end->id]++;
				continue;
			}
			w->messages[end->id]++;
			w->sums[end->id] += message.data;
		}
	}
	memset(&w->effect, 0, sizeof(w->effect));
}

/* As a cell with this one device comes: nothing is attached when there is no room. */
static inline enum status attach_device(struct world *w, u16 cell, struct jailhouse_pci_device device)
{
	const struct jailhouse_cell_desc alone = { .num_memory_regions = 6, .num_pci_devices = 1 };
	const struct cell_view asks = { .desc = &alone, .memory = regions, .devices = &device };
	struct refusal refusal;
	enum status why = ivshmem_room(&w->ivshmem, &asks, &refusal);
	struct ivshmem_end *end;

	if (why != OK)
		return why;
	end = ivshmem_attach(&w->ivshmem, cell, &asks, &device, &w->effect);
	assert_ptr_equal(ivshmem_find(&w->ivshmem, cell, device.bdf), end);
	return OK;
}

static inline enum status attach(struct world *w, u16 cell, u8 id, u16 vectors)
{
	struct jailhouse_pci_device device = device_with(id, vectors);
	enum status why = attach_device(w, cell, device);

	perform(w);
	return why;
}

static inline struct ivshmem_end *end_of(struct world *w, u16 cell)
{
	struct ivshmem_end *end = ivshmem_find(&w->ivshmem, cell, BDF);

	assert_non_null(end);
	return end;
}

static inline enum status config_put(struct world *w, u16 cell, u16 reg, unsigned width, u32 value)
{
	enum status why = ivshmem_config_write(&w->ivshmem, end_of(w, cell), reg, width, value,
					       &w->effect);
	perform(w);
	return why;
}

static inline u32 config_get(struct world *w, u16 cell, u16 reg, unsigned width)
{
	return ivshmem_config_read(end_of(w, cell), reg, width);
}

static inline enum status put(struct world *w, u16 cell, u64 address, unsigned width, u32 value)
{
	struct ivshmem_place place;
	struct ivshmem_end *end = ivshmem_find_window(&w->ivshmem, cell, address, &place);
	enum status why;

	assert_non_null(end);
	why = ivshmem_mmio_write(&w->ivshmem, end, place, width, value, &w->effect);
	perform(w);
	return why;
}

static inline u64 get(struct world *w, u16 cell, u64 address, unsigned width, enum status *why)
{
	struct ivshmem_place place;
	struct ivshmem_end *end = ivshmem_find_window(&w->ivshmem, cell, address, &place);
	u64 value;

	assert_non_null(end);
	*why = ivshmem_mmio_read(end, place, width, &value);
	return value;
}

/* What a driver's probe does: BARs, bus master, vectors with data 0x40 + n, interrupts on. */
static inline void drive(struct world *w, u16 cell, unsigned vectors)
{
	unsigned n;

	assert_int_equal(config_put(w, cell, 0x10, 4, BAR0), OK);
	assert_int_equal(config_put(w, cell, 0x14, 4, BAR1), OK);
	assert_int_equal(config_put(w, cell, 0x04, 2, COMMAND_ON), OK);
	for (n = 0; n < vectors; n++) {
		assert_int_equal(put(w, cell, BAR1 + n * 16, 4, 0xfee00000 | cell << 12), OK);
		assert_int_equal(put(w, cell, BAR1 + n * 16 + 8, 4, 0x40 + n), OK);
		assert_int_equal(put(w, cell, BAR1 + n * 16 + 12, 4, 0), OK);
	}
	if (vectors)
		assert_int_equal(config_put(w, cell, 0x62, 2, MSIX_CAP_ENABLE), OK);
	assert_int_equal(put(w, cell, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, 1), OK);
}

/* Cells 0 and 1 with two vectors, cell 2 with a line; slots of the cells equal their device ids. */
static inline struct world three_cells(void)
{
	struct world w = { .states = { 9, 9, 9 } };

	assert_int_equal(attach(&w, 0, 0, 2), OK);
	assert_int_equal(w.states[0] | w.states[1] | w.states[2], 0);
	w.states[2] = 7;
	assert_int_equal(attach(&w, 1, 1, 2), OK);
	assert_int_equal(attach(&w, 2, 2, 0), OK);
	assert_int_equal(w.states[2], 7);
	return w;
}

static inline struct world three_drivers(void)
{
	struct world w = three_cells();

	drive(&w, 0, 2);
	drive(&w, 1, 2);
	drive(&w, 2, 0);
	return w;
}

#endif
