// SPDX-License-Identifier: GPL-2.0
/* Registers and MSI-X table of the shared-memory device, and the interrupts they gate. */
#include <base/bits.h>
#include <run/ivshmem.h>
#include <run/pci_masks.h>

#define IVSHMEM_TABLE_BYTES (IVSHMEM_MAX_VECTORS * MSIX_ENTRY_SIZE)

/* Lines or messages, whichever the end has. */
static unsigned num_vectors(const struct ivshmem_end *end)
{
	return end->vectors ? end->vectors : 1;
}

static bool can_signal(const struct ivshmem_end *end)
{
	if (!end->vectors)
		return !(end->command & PCI_CMD_INTX_OFF);
	return (end->command & PCI_CMD_MASTER) && (end->msix_control & MSIX_CAP_ENABLE);
}

u16 ivshmem_deliverable(const struct ivshmem_end *end)
{
	u16 ready = end->pending;
	unsigned n;

	if (!can_signal(end) || (end->msix_control & MSIX_CAP_MASK_ALL))
		return 0;
	for (n = 0; n < end->vectors; n++)
		if (end->table[n].word[MSIX_CONTROL] & MSIX_CONTROL_MASKED)
			ready &= (u16)~(1U << n);
	return ready;
}

static void wake(const struct ivshmem *ivshmem, const struct ivshmem_end *end,
		 struct ivshmem_effect *effect)
{
	if (ivshmem_deliverable(end))
		effect->wake |= (u16)(1U << (end - ivshmem->ends));
}

void ivshmem_raise(struct ivshmem *ivshmem, struct ivshmem_end *end, unsigned vector,
		   struct ivshmem_effect *effect)
{
	if (!end->int_control || vector >= num_vectors(end))
		return;
	if (end->one_shot)
		end->int_control = false;
	if (!can_signal(end))
		return;
	end->pending |= (u16)(1U << vector);
	wake(ivshmem, end, effect);
}

void ivshmem_gates_changed(struct ivshmem *ivshmem, struct ivshmem_end *end,
			   struct ivshmem_effect *effect)
{
	if (!can_signal(end))
		end->pending = 0;
	wake(ivshmem, end, effect);
}

enum ivshmem_interrupt ivshmem_take(struct ivshmem_end *end, struct msi_message *message)
{
	u16 ready = ivshmem_deliverable(end);
	unsigned vector;

	if (!ready)
		return IVSHMEM_NO_INTERRUPT;
	vector = (unsigned)__builtin_ctz(ready);
	end->pending &= (u16)~(1U << vector);
	if (!end->vectors)
		return IVSHMEM_LINE;
	*message = msix_message(&end->table[vector]);
	return IVSHMEM_MESSAGE;
}

void ivshmem_set_state(struct ivshmem *ivshmem, struct ivshmem_end *end, u32 state,
		       struct ivshmem_effect *effect)
{
	bool changed = state != end->state;
	struct ivshmem_end *peer;

	end->state = state;
	effect->state_phys = end->state_phys + 4U * end->id;
	effect->state_value = state;
	effect->state_words = 1;
	for (peer = ivshmem->ends; changed && peer < ivshmem->ends + ivshmem->used; peer++)
		if (peer->attached && peer->bdf == end->bdf && peer != end)
			ivshmem_raise(ivshmem, peer, 0, effect);
}

static void ring(struct ivshmem *ivshmem, struct ivshmem_end *end, u32 value,
		 struct ivshmem_effect *effect)
{
	u32 vector = (u32)field_get(IVSHMEM_DOORBELL_VECTOR, value);
	struct ivshmem_end *target =
		ivshmem_peer(ivshmem, end, (u32)field_get(IVSHMEM_DOORBELL_TARGET, value));

	if (target && vector < num_vectors(end))
		ivshmem_raise(ivshmem, target, vector, effect);
}

static u32 register_read(const struct ivshmem_end *end, u32 offset)
{
	return offset <= IVSHMEM_STATE_REG && is_aligned(offset, 4) ? end->registers[offset / 4] : 0;
}

static void register_write(struct ivshmem *ivshmem, struct ivshmem_end *end, u32 offset, u32 value,
			   struct ivshmem_effect *effect)
{
	switch (offset) {
	case IVSHMEM_INT_CONTROL_REG:
		end->int_control = value & 1;
		if (!end->int_control)
			end->pending = 0;
		break;
	case IVSHMEM_DOORBELL_REG:
		ring(ivshmem, end, value, effect);
		break;
	case IVSHMEM_STATE_REG:
		ivshmem_set_state(ivshmem, end, value, effect);
		break;
	}
}

/* An aligned dword of the pages that exist: a table entry, or pending bits. */
static bool in_table(const struct ivshmem_end *end, u32 offset, unsigned width)
{
	if (width != 4 || !is_aligned(offset, 4) || offset >= IVSHMEM_MSIX_SIZE)
		return false;
	return offset >= IVSHMEM_TABLE_BYTES || offset / MSIX_ENTRY_SIZE < end->vectors;
}

enum status ivshmem_mmio_read(const struct ivshmem_end *end, struct ivshmem_place place,
			      unsigned width, u64 *value)
{
	*value = 0;
	if (place.bar == 0) {
		if (width == 4)
			*value = register_read(end, place.offset);
		return OK;
	}
	if (!in_table(end, place.offset, width))
		return STATUS_IVSHMEM_TABLE;
	if (place.offset < IVSHMEM_TABLE_BYTES)
		*value = end->table[place.offset / MSIX_ENTRY_SIZE].word[place.offset % 16 / 4];
	else if (place.offset == IVSHMEM_TABLE_BYTES)
		*value = end->pending;
	return OK;
}

enum status ivshmem_mmio_write(struct ivshmem *ivshmem, struct ivshmem_end *end,
			       struct ivshmem_place place, unsigned width, u64 value,
			       struct ivshmem_effect *effect)
{
	u32 *word;

	*effect = (struct ivshmem_effect) { .wake = 0 };
	if (place.bar == 0) {
		if (width == 4)
			register_write(ivshmem, end, place.offset, (u32)value, effect);
		return OK;
	}
	if (!in_table(end, place.offset, width) || place.offset >= IVSHMEM_TABLE_BYTES)
		return STATUS_IVSHMEM_TABLE;
	word = &end->table[place.offset / MSIX_ENTRY_SIZE].word[place.offset % 16 / 4];
	*word = (u32)value;
	if (place.offset % 16 / 4 == MSIX_CONTROL)
		*word &= MSIX_CONTROL_MASKED;
	wake(ivshmem, end, effect);
	return OK;
}
