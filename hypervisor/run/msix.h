/* SPDX-License-Identifier: GPL-2.0 */
/*
 * May a device be told to send this interrupt message? Without interrupt remapping a message goes
 * where its address says, so the one moment to decide is when it is programmed: a message that is
 * live must be a fixed or lowest-priority interrupt to CPUs of the cell that owns the device.
 *
 * There is no shadow: a checked message is written to the device as it stands, so the device's own
 * table is the state, and the caller reads the entry back before it asks.
 */
#ifndef RUN_MSIX_H
#define RUN_MSIX_H

#include <base/status.h>
#include <jailhouse/cell-config.h>

/* Message address (Intel SDM vol. 3, "Message Address Register Format"; same on AMD). */
#define MSI_ADDRESS_BASE	0xfee00000U
#define MSI_ADDRESS_FIXED	0xfff00000U	/* must equal MSI_ADDRESS_BASE */
#define MSI_ADDRESS_DESTINATION	0x000ff000U
#define MSI_ADDRESS_REMAPPABLE	0x00000010U	/* a handle, not a destination */
#define MSI_ADDRESS_LOGICAL	0x00000004U

/* Message data */
#define MSI_DATA_MODE		0x00000700U
#define MSI_DATA_VECTOR		0x000000ffU
#define MSI_MODE_FIXED		0
#define MSI_MODE_LOWEST		1

struct msi_message {
	u64 address;
	u32 data;
};

/* Where a message leads, once decoded. */
struct msi_target {
	u8 destination;	/* APIC id, or a set of flat logical ids */
	u8 vector;
	bool logical;
	bool lowest;	/* lowest priority among the set, else every CPU of it */
};

/* The CPUs of one cell as interrupt messages name them. */
struct msi_cpus {
	u8 apic_ids[32];	/* bit n: physical destination n is a CPU of the cell */
	u8 flat;		/* union of the cell's flat logical ids; 0: logical is refused */
};

/* Control word of the MSI-X capability. */
#define MSIX_CAP_ENABLE		0x8000U
#define MSIX_CAP_MASK_ALL	0x4000U

#define MSIX_ENTRY_SIZE		16U
#define MSIX_ADDRESS_LOW	0	/* indices into msix_entry.word */
#define MSIX_ADDRESS_HIGH	1
#define MSIX_DATA		2
#define MSIX_CONTROL		3
#define MSIX_CONTROL_MASKED	0x1U

struct msix_entry {
	u32 word[4];
};

/* Where an access to a device's MSI-X pages lands. */
struct msix_place {
	bool table;	/* false: pending bits or padding behind the table */
	u16 entry;	/* of the table */
	u8 word;	/* of the entry */
	u32 offset;	/* bytes from device->msix_address */
};

/* STATUS_MSI_FORMAT: no interrupt message; STATUS_MSI_MODE: another delivery mode. */
enum status msi_decode(struct msi_message message, struct msi_target *target) MUST_USE;

/*
 * May this message be live in a device of a cell with these CPUs? An address of 0 is the empty
 * message and passes: no interrupt controller answers there. cpus NULL: the config gave up
 * interrupt isolation for the cell and everything passes.
 */
enum status msi_check(struct msi_message message, const struct msi_cpus *cpus) MUST_USE;

/* Only aligned 32-bit accesses inside the device's MSI-X pages; STATUS_MSIX_ACCESS otherwise. */
enum status msix_locate(const struct jailhouse_pci_device *device, u64 address, unsigned width,
			struct msix_place *place) MUST_USE;

/*
 * May value be written at place? now is the entry as the device holds it (unused behind the table).
 * OK: perform this one write as it is. A masked entry takes anything, it is checked when unmasked.
 */
enum status msix_write(struct msix_place place, const struct msix_entry *now, u32 value,
		       const struct msi_cpus *cpus) MUST_USE;

static inline struct msi_message msix_message(const struct msix_entry *entry)
{
	return (struct msi_message) {
		.address = (u64)entry->word[MSIX_ADDRESS_HIGH] << 32 |
			   entry->word[MSIX_ADDRESS_LOW],
		.data = entry->word[MSIX_DATA],
	};
}

#endif
