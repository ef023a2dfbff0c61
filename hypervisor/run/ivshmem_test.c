// SPDX-License-Identifier: GPL-2.0
/* Three cells on one link, driven through config space and registers as their drivers do. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

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

static struct jailhouse_pci_device device_with(u8 id, u16 vectors)
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
static void perform(struct world *w)
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
static enum status attach_device(struct world *w, u16 cell, struct jailhouse_pci_device device)
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

static enum status attach(struct world *w, u16 cell, u8 id, u16 vectors)
{
	struct jailhouse_pci_device device = device_with(id, vectors);
	enum status why = attach_device(w, cell, device);

	perform(w);
	return why;
}

static struct ivshmem_end *end_of(struct world *w, u16 cell)
{
	struct ivshmem_end *end = ivshmem_find(&w->ivshmem, cell, BDF);

	assert_non_null(end);
	return end;
}

static enum status config_put(struct world *w, u16 cell, u16 reg, unsigned width, u32 value)
{
	enum status why = ivshmem_config_write(&w->ivshmem, end_of(w, cell), reg, width, value,
					       &w->effect);
	perform(w);
	return why;
}

static u32 config_get(struct world *w, u16 cell, u16 reg, unsigned width)
{
	return ivshmem_config_read(end_of(w, cell), reg, width);
}

static enum status put(struct world *w, u16 cell, u64 address, unsigned width, u32 value)
{
	struct ivshmem_place place;
	struct ivshmem_end *end = ivshmem_find_window(&w->ivshmem, cell, address, &place);
	enum status why;

	assert_non_null(end);
	why = ivshmem_mmio_write(&w->ivshmem, end, place, width, value, &w->effect);
	perform(w);
	return why;
}

static u64 get(struct world *w, u16 cell, u64 address, unsigned width, enum status *why)
{
	struct ivshmem_place place;
	struct ivshmem_end *end = ivshmem_find_window(&w->ivshmem, cell, address, &place);
	u64 value;

	assert_non_null(end);
	*why = ivshmem_mmio_read(end, place, width, &value);
	return value;
}

/* What a driver's probe does: BARs, bus master, vectors with data 0x40 + n, interrupts on. */
static void drive(struct world *w, u16 cell, unsigned vectors)
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
static struct world three_cells(void)
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

static struct world three_drivers(void)
{
	struct world w = three_cells();

	drive(&w, 0, 2);
	drive(&w, 1, 2);
	drive(&w, 2, 0);
	return w;
}

static void config_space_identifies_the_device(void **state)
{
	struct world w = three_cells();

	(void)state;
	assert_int_equal(config_get(&w, 0, 0x00, 4), 0x4106110a);
	assert_int_equal(config_get(&w, 0, 0x06, 2), 0x0010);
	assert_int_equal(config_get(&w, 0, 0x08, 4), 0xff000100);
	assert_int_equal(config_get(&w, 0, 0x0e, 1), 0);
	assert_int_equal(config_get(&w, 0, 0x2c, 4), 0x4106110a);
	assert_int_equal(config_get(&w, 0, 0x34, 1), 0x40);
	assert_int_equal(config_get(&w, 0, 0x3d, 1), 0);
	assert_int_equal(config_get(&w, 2, 0x3d, 1), 3);
	assert_int_equal(config_get(&w, 0, 0x80, 4), 0xffffffff);
	assert_int_equal(config_get(&w, 0, 0xffe, 2), 0xffff);
}

static void capabilities_describe_the_sections(void **state)
{
	struct world w = three_cells();

	(void)state;
	assert_int_equal(config_get(&w, 0, 0x40, 4), 0x00206009);
	assert_int_equal(config_get(&w, 2, 0x40, 4), 0x00200009);
	assert_int_equal(config_get(&w, 0, 0x44, 4), 0x1000);
	assert_int_equal(config_get(&w, 0, 0x48, 4), 0x9000);
	assert_int_equal(config_get(&w, 0, 0x4c, 4), 0);
	assert_int_equal(config_get(&w, 0, 0x50, 4), 0x2000);
	assert_int_equal(config_get(&w, 0, 0x58, 4), 0x3f0f0000);
	assert_int_equal(config_get(&w, 0, 0x60, 4), 0x00010011);
	assert_int_equal(config_get(&w, 0, 0x64, 4), 1);
	assert_int_equal(config_get(&w, 0, 0x68, 4), 0x101);
	assert_int_equal(config_get(&w, 2, 0x60, 4), 0);
}

static void bars_are_sized_and_placed(void **state)
{
	struct world w = three_cells();
	struct ivshmem_place place;

	(void)state;
	assert_int_equal(config_put(&w, 0, 0x10, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 0, 0x10, 4), 0xfffff000);
	assert_int_equal(config_put(&w, 2, 0x14, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 2, 0x14, 4), 0);
	assert_int_equal(config_put(&w, 0, 0x18, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 0, 0x18, 4), 0);
	assert_int_equal(config_put(&w, 0, 0x10, 4, BAR0), OK);
	assert_int_equal(config_put(&w, 0, 0x14, 4, BAR1), OK);
	assert_null(ivshmem_find_window(&w.ivshmem, 0, BAR0, &place));
	assert_int_equal(config_put(&w, 0, 0x04, 2, 0xffff), OK);
	assert_int_equal(config_get(&w, 0, 0x04, 2), 0x0406);
	assert_ptr_equal(ivshmem_find_window(&w.ivshmem, 0, BAR0 + 0xfff, &place), end_of(&w, 0));
	assert_int_equal(place.bar, 0);
	assert_int_equal(place.offset, 0xfff);
	assert_ptr_equal(ivshmem_find_window(&w.ivshmem, 0, BAR1 + 0x1ff, &place), end_of(&w, 0));
	assert_int_equal(place.bar, 1);
	assert_null(ivshmem_find_window(&w.ivshmem, 0, BAR1 + 0x200, &place));
	assert_null(ivshmem_find_window(&w.ivshmem, 0, BAR0 - 1, &place));
	assert_null(ivshmem_find_window(&w.ivshmem, 1, BAR0, &place));
	/* An end with a line has no window for BAR1, nor has a BAR of 0 one at address 0. */
	assert_int_equal(config_put(&w, 2, 0x04, 2, COMMAND_ON), OK);
	assert_null(ivshmem_find_window(&w.ivshmem, 2, 0, &place));
}

static void config_writes_to_fixed_registers_are_refused(void **state)
{
	static const char header[] = "....iiii" "....iiii" "iiiiiiii" "iiiiiiii"
				     "iiiiiiii" "........" "iiii...." "....i...";
	struct world w = three_cells();
	unsigned reg;

	(void)state;
	for (reg = 0; reg < 0x100; reg++) {
		bool accepted = reg < 0x40 ? header[reg] == 'i' : reg < 0x80;

		assert_int_equal(config_put(&w, 0, (u16)reg, 1, 0),
				 accepted ? OK : STATUS_IVSHMEM_REGISTER);
	}
	assert_int_equal(config_put(&w, 0, 0x43, 1, 0xff), OK);
	assert_int_equal(config_get(&w, 0, 0x43, 1), 1);
	assert_int_equal(config_put(&w, 0, 0x60, 4, 0xffffffff), OK);
	assert_int_equal(config_get(&w, 0, 0x60, 4), 0xc0010011);
}

static void registers_read_back(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 4, &why), 1);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_MAX_PEERS_REG, 4, &why), 3);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, &why), 1);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 0x12345678), OK);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, &why), 0x12345678);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_DOORBELL_REG, 4, &why), 0);
	assert_int_equal(get(&w, 1, BAR0 + 0x14, 4, &why), 0);
	/* Other widths and alignments read 0 and change nothing. */
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 1, &why), 0);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 8, &why), 0);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG + 2, 4, &why), 0);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 2, 1), OK);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_ID_REG, 4, 2), OK);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, &why), 0x12345678);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_ID_REG, 4, &why), 1);
}

static void a_doorbell_reaches_its_target(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 1), OK);
	assert_int_equal(w.messages[1], 1);
	assert_int_equal(w.sums[1], 0x41);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 2);
	assert_int_equal(w.messages[0], 0);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 2 << 16), OK);
	assert_int_equal(w.lines[2], 1);
}

static void doorbells_that_reach_nobody(void **state)
{
	struct world w = three_drivers();

	(void)state;
	/* Vector beyond the sender's, beyond the target's, target beyond the link and the limit. */
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 2), OK);
	assert_int_equal(put(&w, 2, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 2 << 16 | 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 3 << 16), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 0xffffffff), OK);
	assert_int_equal(w.messages[0] + w.messages[1] + w.lines[2], 0);
}

static void state_changes_are_published(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 3), OK);
	assert_int_equal(w.states[1], 3);
	assert_int_equal(w.messages[0], 1);
	assert_int_equal(w.sums[0], 0x40);
	assert_int_equal(w.messages[1], 0);
	assert_int_equal(w.lines[2], 1);
	/* The same value again is stored, but nobody is told. */
	w.states[1] = 0;
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 3), OK);
	assert_int_equal(w.states[1], 3);
	assert_int_equal(w.messages[0], 1);
}

static void every_gate_stops_messages(void **state)
{
	static const struct { u64 address; u32 off, on; } gates[] = {
		{ BAR0 + IVSHMEM_INT_CONTROL_REG, 0, 1 },
		{ BAR1 + 12, 1, 0 },
	};
	static const struct { u16 reg; u32 off, on; } config_gates[] = {
		{ 0x04, 0x0002, 0x0006 },
		{ 0x62, 0, MSIX_CAP_ENABLE },
		{ 0x62, MSIX_CAP_ENABLE | MSIX_CAP_MASK_ALL, MSIX_CAP_ENABLE },
	};
	static const bool latched[] = { false, true, false, false, true };
	unsigned gate;

	(void)state;
	for (gate = 0; gate < 5; gate++) {
		struct world w = three_drivers();

		if (gate < 2)
			assert_int_equal(put(&w, 1, gates[gate].address, 4, gates[gate].off), OK);
		else
			assert_int_equal(config_put(&w, 1, config_gates[gate - 2].reg, 2,
						    config_gates[gate - 2].off), OK);
		assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
		assert_int_equal(w.messages[1], 0);
		if (gate < 2)
			assert_int_equal(put(&w, 1, gates[gate].address, 4, gates[gate].on), OK);
		else
			assert_int_equal(config_put(&w, 1, config_gates[gate - 2].reg, 2,
						    config_gates[gate - 2].on), OK);
		/* Masks hold the interrupt back, switches lose it. */
		assert_int_equal(w.messages[1], latched[gate]);
		assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
		assert_int_equal(w.messages[1], 1 + latched[gate]);
	}
}

static void a_line_obeys_intx_disable(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(config_put(&w, 2, 0x04, 2, 0x0402), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 2 << 16), OK);
	assert_int_equal(w.lines[2], 0);
}

static void pending_bits_show_and_clear(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(get(&w, 1, BAR1 + 0x100, 4, &why), 0);
	assert_int_equal(put(&w, 1, BAR1 + 16 + 12, 4, 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16 | 1), OK);
	assert_int_equal(get(&w, 1, BAR1 + 0x100, 4, &why), 2);
	assert_int_equal(get(&w, 1, BAR1 + 0x104, 4, &why), 0);
	/* After a write that disables interrupts none arrives any more. */
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, 0), OK);
	assert_int_equal(put(&w, 1, BAR1 + 16 + 12, 4, 0), OK);
	assert_int_equal(w.messages[1], 0);
}

static void one_shot_needs_rearming(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(config_put(&w, 1, 0x43, 1, 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(get(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, &why), 0);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 1);
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_INT_CONTROL_REG, 4, 1), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 2);
}

static void table_accesses(void **state)
{
	struct world w = three_drivers();
	enum status why;

	(void)state;
	assert_int_equal(get(&w, 0, BAR1 + 16 + 8, 4, &why), 0x41);
	assert_int_equal(why, OK);
	assert_int_equal(put(&w, 0, BAR1 + 12, 4, 0xfffffffe), OK);
	assert_int_equal(get(&w, 0, BAR1 + 12, 4, &why), 0);
	get(&w, 0, BAR1 + 2 * 16, 4, &why);
	assert_int_equal(why, STATUS_IVSHMEM_TABLE);
	get(&w, 0, BAR1 + 2, 4, &why);
	assert_int_equal(why, STATUS_IVSHMEM_TABLE);
	get(&w, 0, BAR1, 8, &why);
	assert_int_equal(why, STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1 + 2 * 16, 4, 0), STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1 + 0x100, 4, 0), STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1, 2, 0), STATUS_IVSHMEM_TABLE);
	assert_int_equal(put(&w, 0, BAR1 + 1, 4, 0), STATUS_IVSHMEM_TABLE);
}

static void reset_silences_the_end_and_tells_the_peers(void **state)
{
	struct world w = three_drivers();
	struct ivshmem_place place;

	(void)state;
	assert_int_equal(put(&w, 1, BAR0 + IVSHMEM_STATE_REG, 4, 3), OK);
	ivshmem_reset(&w.ivshmem, end_of(&w, 1), &w.effect);
	perform(&w);
	assert_int_equal(w.states[1], 0);
	assert_int_equal(w.messages[0], 2);
	assert_null(ivshmem_find_window(&w.ivshmem, 1, BAR0, &place));
	assert_int_equal(config_get(&w, 1, 0x04, 2), 0);
	assert_int_equal(config_get(&w, 1, 0x10, 4), 0);
	assert_int_equal(config_get(&w, 1, 0x62, 2), 1);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 0);
}

static void detach_frees_the_id(void **state)
{
	struct world w = three_drivers();

	(void)state;
	assert_int_equal(attach(&w, 3, 1, 2), STATUS_IVSHMEM_ID);
	ivshmem_detach(&w.ivshmem, end_of(&w, 1), &w.effect);
	perform(&w);
	assert_null(ivshmem_find(&w.ivshmem, 1, BDF));
	assert_non_null(ivshmem_find(&w.ivshmem, 2, BDF));
	assert_int_equal(attach(&w, 3, 1, 2), OK);
	assert_ptr_equal(end_of(&w, 3), &w.ivshmem.ends[1]);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(w.messages[1], 0);
}

static enum status attach_alone(struct jailhouse_pci_device device)
{
	struct world w = { .states = { 0 } };

	return attach_device(&w, 1, device);
}

static void attach_checks_its_config(void **state)
{
	struct jailhouse_pci_device device = device_with(2, 16);

	(void)state;
	assert_int_equal(attach_alone(device), OK);
	device.num_msix_vectors = 17;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_VECTORS);
	device = device_with(3, 2);
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_ID);
	device = device_with(2, 2);
	device.shmem_regions_start = 2;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_REGIONS);
	device.shmem_regions_start = 0xffffffff;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_REGIONS);
	device = device_with(0, 2);
	device.shmem_peers = 4;
	assert_int_equal(attach_alone(device), STATUS_IVSHMEM_REGIONS);
}

static void the_table_of_ends_is_bounded(void **state)
{
	struct world w = { .states = { 0 } };
	struct jailhouse_pci_device device = device_with(0, 0);
	unsigned n;

	(void)state;
	for (n = 0; n <= IVSHMEM_MAX_ENDS; n++) {
		device.bdf = (u16)(n << 3);
		assert_int_equal(attach_device(&w, 0, device),
				 n < IVSHMEM_MAX_ENDS ? OK : STATUS_IVSHMEM_FULL);
	}
	/* Given back in any order, every slot is found and free again. */
	for (n = 0; n < IVSHMEM_MAX_ENDS; n++) {
		struct ivshmem_end *end = ivshmem_find(&w.ivshmem, 0, (u16)((n * 7 + 3) % 16 << 3));

		assert_non_null(end);
		ivshmem_detach(&w.ivshmem, end, &w.effect);
	}
	for (n = 0; n < IVSHMEM_MAX_ENDS; n++)
		assert_false(w.ivshmem.ends[n].attached);
}

static void room_is_known_before_anything_changes(void **state)
{
	struct world w = three_cells();
	struct jailhouse_pci_device devices[15];
	struct jailhouse_cell_desc cell = { .name = "guest", .num_memory_regions = 6 };
	struct cell_view asked = { .desc = &cell, .memory = regions, .devices = devices };
	struct refusal refusal;
	unsigned n;

	(void)state;
	devices[0] = device_with(0, 2);
	devices[0].type = JAILHOUSE_PCI_TYPE_DEVICE;
	for (n = 1; n < 15; n++) {
		devices[n] = device_with(0, 2);
		devices[n].bdf = (u16)(0x100 + n * 8);
	}
	cell.num_pci_devices = 14;
	assert_int_equal(ivshmem_room(&w.ivshmem, &asked, &refusal), OK);
	cell.num_pci_devices = 15;
	assert_int_equal(ivshmem_room(&w.ivshmem, &asked, &refusal), STATUS_IVSHMEM_FULL);
	assert_int_equal(refusal.index, 14);
	assert_string_equal(refusal.cell, "guest");
	devices[2] = device_with(1, 2);
	assert_int_equal(ivshmem_room(&w.ivshmem, &asked, &refusal), STATUS_IVSHMEM_ID);
	assert_int_equal(refusal.index, 2);
	assert_int_equal(refusal.a, 1);
	assert_int_equal(refusal.b, 3);
}

/* Another link's end with the same id hears nothing. */
static void links_are_separate(void **state)
{
	struct world w = three_drivers();
	struct jailhouse_pci_device device = device_with(1, 2);

	(void)state;
	ivshmem_detach(&w.ivshmem, end_of(&w, 1), &w.effect);
	device.bdf = BDF + 8;
	assert_int_equal(attach_device(&w, 1, device), OK);
	w.ivshmem.ends[1].int_control = true;
	w.ivshmem.ends[1].command = COMMAND_ON;
	w.ivshmem.ends[1].msix_control = MSIX_CAP_ENABLE;
	w.ivshmem.ends[1].table[0].word[MSIX_CONTROL] = 0;
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_DOORBELL_REG, 4, 1 << 16), OK);
	assert_int_equal(put(&w, 0, BAR0 + IVSHMEM_STATE_REG, 4, 1), OK);
	assert_int_equal(w.messages[1], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(config_space_identifies_the_device),
		cmocka_unit_test(capabilities_describe_the_sections),
		cmocka_unit_test(bars_are_sized_and_placed),
		cmocka_unit_test(config_writes_to_fixed_registers_are_refused),
		cmocka_unit_test(registers_read_back),
		cmocka_unit_test(a_doorbell_reaches_its_target),
		cmocka_unit_test(doorbells_that_reach_nobody),
		cmocka_unit_test(state_changes_are_published),
		cmocka_unit_test(every_gate_stops_messages),
		cmocka_unit_test(a_line_obeys_intx_disable),
		cmocka_unit_test(pending_bits_show_and_clear),
		cmocka_unit_test(one_shot_needs_rearming),
		cmocka_unit_test(table_accesses),
		cmocka_unit_test(reset_silences_the_end_and_tells_the_peers),
		cmocka_unit_test(detach_frees_the_id),
		cmocka_unit_test(attach_checks_its_config),
		cmocka_unit_test(the_table_of_ends_is_bounded),
		cmocka_unit_test(room_is_known_before_anything_changes),
		cmocka_unit_test(links_are_separate),
	};

	return cmocka_run_group_tests_name("run/ivshmem", tests, NULL, NULL);
}
