/* SPDX-License-Identifier: GPL-2.0 */
/* PCI functions change hands: adopted at take-over, silenced and given on at create and destroy. */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <base/string.h>
#include <port/mmio.h>
#include <run/pci_reset.h>

static bool physical(const struct jailhouse_pci_device *device)
{
	return device->type == JAILHOUSE_PCI_TYPE_DEVICE ||
	       device->type == JAILHOUSE_PCI_TYPE_BRIDGE;
}

enum status virtual_pci_room(const struct cell_view *view, struct refusal *refusal)
{
	u32 used = 1;

	for (unsigned i = 1; i < MACHINE_PCI_DEVICES; i++)
		used += machine.pci[i].device != NULL;
	if (used + view->desc->num_pci_devices <= MACHINE_PCI_DEVICES)
		return ivshmem_room(&machine.ivshmem, view, refusal);
	*refusal = (struct refusal) { .object = OBJECT_PCI_DEVICE, .a = MACHINE_PCI_DEVICES - 1 };
	return STATUS_DEVICES_FULL;
}

static void load_shadow(struct pci_slot *slot)
{
	u32 config[64];

	for (unsigned i = 0; i < 64; i++)
		config[i] = pci_hw_read(&machine.pci_hw, slot->bdf, (u16)(i * 4), 4);
	pci_shadow_load(&slot->shadow, slot->device, machine.cells[slot->cell].view.caps, config);
}

/*
 * Cells walk the chains without a lock. A slot given up keeps its link for who stands on it, and the
 * search for a free one goes round, so that it is not used again at once.
 */
static struct pci_slot *enter(u16 cell, const struct jailhouse_pci_device *device)
{
	u8 *chain = &machine.pci_chain[virtual_pci_hash(device->bdf)];
	struct pci_slot *slot;
	u32 n = machine.pci_last;

	do {	/* virtual_pci_room() made sure that there is one */
		n = n == MACHINE_PCI_DEVICES - 1 ? 1 : n + 1;
		slot = &machine.pci[n];
	} while (slot->device);
	machine.pci_last = (u8)n;
	memset(slot, 0, sizeof(*slot));
	slot->device = device;
	slot->cell = cell;
	slot->bdf = device->bdf;
	slot->next = *chain;
	__atomic_store_n(chain, (u8)n, __ATOMIC_RELEASE);
	return slot;
}

static void give_up(struct pci_slot *slot)
{
	u8 *link = &machine.pci_chain[virtual_pci_hash(slot->bdf)];

	while (&machine.pci[*link] != slot)
		link = &machine.pci[*link].next;
	*link = slot->next;
	slot->cell = PLAN_NONE;
	slot->device = NULL;
}

static void mask_msix(struct cpu *self, const struct jailhouse_pci_device *device)
{
	for (u32 n = 0; n < device->num_msix_vectors; n++) {
		u64 phys = device->msix_address + n * MSIX_ENTRY_SIZE;
		volatile u8 *entry = arch_look_device(self, phys);

		port_mmio_write32(entry + 12, MSIX_CONTROL_MASKED);
		for (unsigned word = 0; word < 3; word++)
			port_mmio_write32(entry + 4 * word, 0);
	}
}

/* No DMA and no messages any more, whatever the previous owner left. */
static void silence(struct cpu *self, struct pci_slot *slot)
{
	struct pci_writes writes;

	pci_reset_quiet(slot->device, &slot->shadow, &writes);
	virtual_pci_write(slot->bdf, &writes);
	if (slot->device->type == JAILHOUSE_PCI_TYPE_DEVICE)
		mask_msix(self, slot->device);
	pci_reset_off(slot->device, &writes);
	virtual_pci_write(slot->bdf, &writes);
	load_shadow(slot);
}

static void attach(struct cpu *self, u16 cell, const struct jailhouse_pci_device *device)
{
	struct ivshmem_effect effect;

	enter(cell, device)->end =
		ivshmem_attach(&machine.ivshmem, cell, &machine.cells[cell].view, device, &effect);
	virtual_pci_perform(self, &effect);
}

/* The function becomes one of the cell. What root had is as Linux left it, all else begins silent. */
static void take(struct cpu *self, u16 cell, const struct jailhouse_pci_device *device)
{
	struct pci_slot *slot = virtual_pci_slot(0, device->bdf);

	if (slot)
		give_up(slot);
	slot = enter(cell, device);
	load_shadow(slot);
	if (cell != 0)
		silence(self, slot);
}

/* All that the cell's config lists. */
static void take_all(struct cpu *self, u16 cell)
{
	const struct cell_view *view = &machine.cells[cell].view;

	for (u32 i = 0; i < view->desc->num_pci_devices; i++)
		if (physical(&view->devices[i]))
			take(self, cell, &view->devices[i]);
		else
			attach(self, cell, &view->devices[i]);
}

/* As after power-on. */
static void reset(struct cpu *self, struct pci_slot *slot)
{
	struct ivshmem_effect effect;

	if (!slot->end) {
		silence(self, slot);
		return;
	}
	ivshmem_reset(&machine.ivshmem, slot->end, &effect);
	virtual_pci_perform(self, &effect);
}

/* Everything of a cell that is not root. */
static void each_of(struct cpu *self, u16 cell, void (*act)(struct cpu *self, struct pci_slot *slot))
{
	for (struct pci_slot *slot = machine.pci; slot < machine.pci + MACHINE_PCI_DEVICES; slot++)
		if (slot->cell == cell)
			act(self, slot);
}

/* The function leaves its cell; a physical one that root lists goes back there. */
static void release(struct cpu *self, struct pci_slot *slot)
{
	const struct cell_view *root = &machine.system.root;

	struct ivshmem_effect effect;

	give_up(slot);
	if (slot->end) {
		ivshmem_detach(&machine.ivshmem, slot->end, &effect);
		virtual_pci_perform(self, &effect);
		return;
	}
	for (u32 i = 0; i < root->desc->num_pci_devices; i++)
		if (root->devices[i].bdf == slot->bdf)
			take(self, 0, &root->devices[i]);
}

enum status virtual_pci_adopt(struct cpu *self, struct refusal *refusal)
{
	enum status status = virtual_pci_room(&machine.system.root, refusal);

	if (status == OK)
		take_all(self, 0);
	return status;
}

void virtual_pci_silence(struct cpu *self, u16 cell)
{
	const struct cell_view *view = &machine.cells[cell].view;

	for (u32 i = 0; i < view->desc->num_pci_devices; i++) {
		struct pci_slot *slot = virtual_pci_slot(0, view->devices[i].bdf);

		if (slot && !slot->end)
			silence(self, slot);
	}
}

void virtual_pci_hand_over(struct cpu *self, u16 cell)
{
	if (plan_cells(machine.next.plan)[cell].present)
		take_all(self, cell);
	else
		each_of(self, cell, release);
}

void virtual_pci_reset(struct cpu *self, u16 cell)
{
	each_of(self, cell, reset);
}
