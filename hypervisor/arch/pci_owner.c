/* SPDX-License-Identifier: GPL-2.0 */
/* PCI functions change hands: adopted at take-over, silenced and given on at create and destroy. */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
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
static struct pci_slot *free_slot(void)
{
	u8 *last = &machine.pci_last;

	do
		*last = *last % (MACHINE_PCI_DEVICES - 1) + 1;
	while (machine.pci[*last].device);	/* virtual_pci_room() made sure that there is one */
	return &machine.pci[*last];
}

static struct pci_slot *enter(u16 cell, const struct jailhouse_pci_device *device)
{
	u8 *chain = &machine.pci_chain[virtual_pci_hash(device->bdf)];
	struct pci_slot *slot = free_slot();

	*slot = (struct pci_slot) { .device = device, .cell = cell, .bdf = device->bdf,
				    .next = *chain };
	__atomic_store_n(chain, (u8)(slot - machine.pci), __ATOMIC_RELEASE);
	return slot;
}

static void give_to(u16 cell, const struct jailhouse_pci_device *device)
{
	load_shadow(enter(cell, device));
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

static void attach_links(struct cpu *self, u16 cell)
{
	const struct cell_view *view = &machine.cells[cell].view;

	for (u32 i = 0; i < view->desc->num_pci_devices; i++) {
		struct ivshmem_effect effect = { 0 };

		if (view->devices[i].type == JAILHOUSE_PCI_TYPE_IVSHMEM &&
		    ivshmem_attach(&machine.ivshmem, cell, view, &view->devices[i], &effect) == OK) {
			enter(cell, &view->devices[i])->end =
				ivshmem_find(&machine.ivshmem, cell, view->devices[i].bdf);
			virtual_pci_perform(self, &effect);
		}
	}
}

static void detach_links(struct cpu *self, u16 cell)
{
	for (unsigned i = 0; i < IVSHMEM_MAX_ENDS; i++) {
		struct ivshmem_end *end = &machine.ivshmem.ends[i];
		struct ivshmem_effect effect = { 0 };

		if (!end->attached || end->cell != cell)
			continue;
		give_up(virtual_pci_slot(cell, end->bdf));
		ivshmem_detach(&machine.ivshmem, end, &effect);
		virtual_pci_perform(self, &effect);
	}
}

enum status virtual_pci_adopt(struct cpu *self, struct refusal *refusal)
{
	const struct cell_view *view = &machine.system.root;
	enum status status = virtual_pci_room(view, refusal);

	if (status != OK)
		return status;
	for (u32 i = 0; i < view->desc->num_pci_devices; i++)
		if (physical(&view->devices[i]))
			give_to(0, &view->devices[i]);
	attach_links(self, 0);
	return OK;
}

/* The function goes from one cell to the other; it has been silenced. */
static void move(struct cpu *self, u16 bdf, u16 from, u16 to)
{
	const struct cell_view *view = &machine.cells[to].view;
	struct pci_slot *slot = virtual_pci_slot(from, bdf);

	if (slot)
		give_up(slot);
	for (u32 i = 0; i < view->desc->num_pci_devices; i++)
		if (view->devices[i].bdf == bdf && physical(&view->devices[i]) &&
		    !virtual_pci_slot(to, bdf)) {
			give_to(to, &view->devices[i]);
			if (!slot)	/* nobody has spoken for it before */
				silence(self, virtual_pci_slot(to, bdf));
		}
}

void virtual_pci_silence(struct cpu *self, u16 cell)
{
	const struct cell_view *view = &machine.cells[cell].view;

	for (u32 i = 0; cell != 0 && i < view->desc->num_pci_devices; i++)
		for (unsigned owner = 0; owner <= cell; owner += cell) {
			struct pci_slot *slot = virtual_pci_slot((u16)owner, view->devices[i].bdf);

			if (slot && !slot->end)
				silence(self, slot);
		}
}

void virtual_pci_hand_over(struct cpu *self, u16 cell)
{
	const struct cell_view *view = &machine.cells[cell].view;
	bool comes = plan_cells(machine.next.plan)[cell].present;
	bool is_here = plan_cells(machine.now.plan)[cell].present;

	if (cell == 0 || comes == is_here)
		return;
	for (u32 i = 0; i < view->desc->num_pci_devices; i++)
		if (physical(&view->devices[i]))
			move(self, view->devices[i].bdf, comes ? 0 : cell, comes ? cell : 0);
	if (comes)
		attach_links(self, cell);
	else
		detach_links(self, cell);
}

static void reset_links(struct cpu *self, u16 cell)
{
	for (unsigned i = 0; i < IVSHMEM_MAX_ENDS; i++) {
		struct ivshmem_end *end = &machine.ivshmem.ends[i];
		struct ivshmem_effect effect = { 0 };

		if (!end->attached || end->cell != cell)
			continue;
		ivshmem_reset(&machine.ivshmem, end, &effect);
		virtual_pci_perform(self, &effect);
	}
}

void virtual_pci_reset(struct cpu *self, u16 cell)
{
	cpu_lock(self, &machine.device_lock);
	for (unsigned i = 0; i < MACHINE_PCI_DEVICES; i++)
		if (machine.pci[i].device && machine.pci[i].cell == cell && !machine.pci[i].end)
			silence(self, &machine.pci[i]);
	reset_links(self, cell);
	cpu_unlock(&machine.device_lock);
}
