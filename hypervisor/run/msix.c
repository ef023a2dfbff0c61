// SPDX-License-Identifier: GPL-2.0
/* May a device be told to send this interrupt message? */
#include <base/bits.h>
#include <run/msix.h>

enum status msi_decode(struct msi_message message, struct msi_target *target)
{
	u64 mode = field_get(MSI_DATA_MODE, message.data);

	if ((message.address & ~(u64)~MSI_ADDRESS_FIXED) != MSI_ADDRESS_BASE)
		return STATUS_MSI_FORMAT;
	if (message.address & MSI_ADDRESS_REMAPPABLE)
		return STATUS_MSI_FORMAT;
	if (mode != MSI_MODE_FIXED && mode != MSI_MODE_LOWEST)
		return STATUS_MSI_MODE;
	*target = (struct msi_target) {
		.destination = (u8)field_get(MSI_ADDRESS_DESTINATION, message.address),
		.vector = (u8)field_get(MSI_DATA_VECTOR, message.data),
		.logical = message.address & MSI_ADDRESS_LOGICAL,
		.lowest = mode == MSI_MODE_LOWEST,
	};
	return OK;
}

enum status msi_check(struct msi_message message, const struct msi_cpus *cpus)
{
	struct msi_target target;
	enum status why;
	bool ours;

	if (!cpus || message.address == 0)
		return OK;
	why = msi_decode(message, &target);
	if (why)
		return why;
	if (target.logical)
		ours = target.destination && !(target.destination & ~cpus->flat);
	else
		ours = bitmap_test(cpus->apic_ids, target.destination);
	return ours ? OK : STATUS_MSI_FOREIGN_CPU;
}

enum status msix_locate(const struct jailhouse_pci_device *device, u64 address, unsigned width,
			struct msix_place *place)
{
	u64 offset = address - device->msix_address;

	if (offset >= device->msix_region_size || width != 4 || !is_aligned(offset, 4))
		return STATUS_MSIX_ACCESS;
	*place = (struct msix_place) {
		.table = offset < device->num_msix_vectors * MSIX_ENTRY_SIZE,
		.entry = (u16)(offset / MSIX_ENTRY_SIZE),
		.word = (u8)(offset % MSIX_ENTRY_SIZE / 4),
		.offset = (u32)offset,
	};
	return OK;
}

enum status msix_write(struct msix_place place, const struct msix_entry *now, u32 value,
		       const struct msi_cpus *cpus)
{
	struct msix_entry next;

	if (!place.table)
		return STATUS_MSIX_PENDING_WRITE;
	next = *now;
	next.word[place.word & 3] = value;
	if (next.word[MSIX_CONTROL] & MSIX_CONTROL_MASKED)
		return OK;
	return msi_check(msix_message(&next), cpus);
}
