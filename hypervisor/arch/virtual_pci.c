/* SPDX-License-Identifier: GPL-2.0 */
/* Config space, BARs and MSI-X tables at run time: look up, ask the model, perform. */
#include <arch/arch.h>
#include <arch/virtual_pci.h>
#include <port/core.h>
#include <port/mmio.h>

static const struct msi_cpus *message_cpus(u16 cell)
{
	return plan_cells(machine.now.plan)[cell].unprotected & JAILHOUSE_UNPROTECTED_IRQ
		? NULL : arch_message_cpus(cell);
}

/* ------------------------------------------------------------------------- shared-memory devices */

static void write_states(struct cpu *cpu, const struct ivshmem_effect *effect)
{
	u32 *state;

	if (effect->state_words == 0)
		return;
	state = arch_look(cpu, effect->state_phys);
	for (unsigned i = 0; i < effect->state_words; i++)
		__atomic_store_n(&state[i], effect->state_value, __ATOMIC_SEQ_CST);
}

static void raise_message(struct cpu *cpu, const struct ivshmem_end *end, struct msi_message message)
{
	if (!arch_raise(end->cell, message))
		core_denied(end->cell, arch_cpu_id(cpu), DENIED_INTERRUPT, message.data, 4);
}

static void raise_all(struct cpu *cpu, struct ivshmem_end *end)
{
	enum ivshmem_interrupt kind;
	struct msi_message message;

	while ((kind = ivshmem_take(end, &message)) == IVSHMEM_MESSAGE)
		raise_message(cpu, end, message);
	if (kind == IVSHMEM_LINE)
		arch_raise_line(end->cell, (end->bdf >> 3) % 4);
}

void virtual_pci_perform(struct cpu *cpu, const struct ivshmem_effect *effect)
{
	write_states(cpu, effect);
	for (unsigned i = 0; i < IVSHMEM_MAX_ENDS; i++)
		if (effect->wake >> i & 1)
			raise_all(cpu, &machine.ivshmem.ends[i]);
}

static enum answer model_window(struct cpu *cpu, u16 cell, struct access *access)
{
	struct ivshmem_effect effect = { 0 };
	struct ivshmem_place place;
	struct ivshmem_end *end = ivshmem_find_window(&machine.ivshmem, cell, access->address, &place);
	enum status status;

	if (!end)
		return ANSWER_DENIED;
	if (!access->write)
		return ivshmem_mmio_read(end, place, access->width, &access->value) == OK
			? ANSWER_DONE : ANSWER_DENIED;
	status = ivshmem_mmio_write(&machine.ivshmem, end, place, access->width, access->value,
				    &effect);
	virtual_pci_perform(cpu, &effect);
	return status == OK ? ANSWER_DONE : ANSWER_DENIED;
}

/*
 * Each of these waits for the lock; a CPU that its cell lost meanwhile does nothing any more and is not
 * entered again.
 */
enum answer virtual_pci_window(struct cpu *cpu, u16 cell, struct access *access)
{
	enum answer answer;

	cpu_lock(cpu, &machine.device_lock);
	answer = arch_cpu_halted(cpu) ? ANSWER_DONE : model_window(cpu, cell, access);
	cpu_unlock(&machine.device_lock);
	return answer;
}

/* ------------------------------------------------------------------------------ physical devices */

void virtual_pci_write(u16 bdf, const struct pci_writes *writes)
{
	for (u32 i = 0; i < writes->count; i++)
		pci_hw_write(&machine.pci_hw, bdf, writes->write[i].reg, writes->write[i].width,
			     writes->write[i].value);
}

static enum answer function_write(u16 cell, struct pci_slot *slot, u16 reg,
				  const struct access *access)
{
	const struct pci_function function = {
		.device = slot ? slot->device : NULL,
		.caps = machine.cells[cell].view.caps,
		.shadow = slot ? &slot->shadow : NULL,
		.cpus = message_cpus(cell),
	};
	struct pci_writes writes;
	enum status status = pci_filter_write(&function, reg, access->width, (u32)access->value,
					      &writes);

	if (slot)
		virtual_pci_write(slot->bdf, &writes);
	return status == OK ? ANSWER_DONE : ANSWER_DENIED;
}

static enum answer config_write(struct cpu *cpu, u16 cell, u16 bdf, u16 reg,
				const struct access *access)
{
	struct pci_slot *slot = virtual_pci_slot(cell, bdf);
	struct ivshmem_effect effect = { 0 };
	enum status status;

	if (!slot || !slot->end)
		return function_write(cell, slot, reg, access);
	status = ivshmem_config_write(&machine.ivshmem, slot->end, reg, access->width,
				      (u32)access->value, &effect);
	virtual_pci_perform(cpu, &effect);
	return status == OK ? ANSWER_DONE : ANSWER_DENIED;
}

enum answer virtual_pci_config_write(struct cpu *cpu, u16 cell, u16 bdf, u16 reg,
				     const struct access *access)
{
	enum answer answer;

	cpu_lock(cpu, &machine.device_lock);
	answer = arch_cpu_halted(cpu) ? ANSWER_DONE : config_write(cpu, cell, bdf, reg, access);
	cpu_unlock(&machine.device_lock);
	return answer;
}

/* The cell's device that the trap belongs to, if the cell still has it. */
static const struct jailhouse_pci_device *device_at(u16 cell, u16 index)
{
	const struct cell *owner = &machine.cells[cell];

	if (!owner->owner || index >= owner->view.desc->num_pci_devices ||
	    !virtual_pci_slot(cell, owner->view.devices[index].bdf))
		return NULL;
	return &owner->view.devices[index];
}

static enum answer msix_access(struct cpu *cpu, u16 cell, const struct jailhouse_pci_device *device,
			       struct access *access)
{
	struct msix_place place;
	struct msix_entry now = { 0 };
	volatile u8 *table;

	if (!device || msix_locate(device, access->address, access->width, &place) != OK)
		return ANSWER_DENIED;
	table = arch_look_device(cpu, device->msix_address + (place.offset & ~PAGE_MASK));
	table += place.offset & PAGE_MASK;
	if (!access->write) {
		access->value = port_mmio_read32(table);
		return ANSWER_DONE;
	}
	for (unsigned i = 0; i < 4 && place.table; i++)
		now.word[i] = port_mmio_read32(table - 4 * place.word + 4 * i);
	if (msix_write(place, &now, (u32)access->value, message_cpus(cell)) != OK)
		return ANSWER_DENIED;
	port_mmio_write32(table, (u32)access->value);
	return ANSWER_DONE;
}

enum answer virtual_pci_msix(struct cpu *cpu, u16 cell, u16 index, struct access *access)
{
	enum answer answer;

	cpu_lock(cpu, &machine.device_lock);
	answer = arch_cpu_halted(cpu) ? ANSWER_DONE
				      : msix_access(cpu, cell, device_at(cell, index), access);
	cpu_unlock(&machine.device_lock);
	return answer;
}
