/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a rule gets to see. A rule is one function that promises one thing and names the first
 * object that breaks it; the table in rules.c says which rules there are and in which order they
 * are asked.
 */
#ifndef CONFIG_RULES_H
#define CONFIG_RULES_H

#include <config/windows.h>

struct rule_context {
	const struct config_set *set;
	const struct system_view *system;
	const struct cell_view *cell;	/* scope SYSTEM: the root cell */
	const struct cell_view *other;	/* scope PAIR and PEERS: in a lower slot, else cell */
	const void *entry;	/* of the row's array, if the row names one */
	const void *theirs;	/* scope TWINS, PAIR and PEERS: what to compare it with */
	unsigned slot, other_slot;
	u32 object, index;		/* of entry; without an array index is 0 */
	u32 other_index;		/* of theirs */
	struct refusal *refusal;
};

/* How often a rule is asked. Where its row names an array, this means for each entry of it. */
enum rule_scope {
	RULE_SYSTEM,	/* once */
	RULE_CELL,	/* for each cell, root included */
	RULE_TWINS,	/* for each cell and, of an array, with every entry before */
	RULE_PAIR,	/* for each two cells, root included as other */
	RULE_PEERS,	/* for each two cells without root */
};

struct rule {
	enum status (*check)(const struct rule_context *context);
	u8 scope;	/* enum rule_scope */
	u8 object;	/* enum object: what a refusal names */
} __attribute__((packed));

/* Describe the violation by the object that the rule is asked for. */
enum status rule_refuse(const struct rule_context *context, enum status why, u64 a, u64 b);
/* The same by another object of the cell that is being checked. */
enum status rule_refuse_at(const struct rule_context *context, enum object object, u32 index,
			   enum status why, u64 a, u64 b);

/* Physical or guest range of a region that has passed rule_memory_shape and is no placeholder. */
static inline struct range rule_range(u64 start, u64 size)
{
	return (struct range){ .first = start, .last = start + (size - 1) };
}

static inline bool rule_is_comm(const struct jailhouse_memory *region)
{
	return (region->flags & JAILHOUSE_MEM_COMM_REGION) != 0;
}

/* A device of the machine, not one of the hypervisor's making. */
static inline bool rule_is_physical(const struct jailhouse_pci_device *device)
{
	return device->type != JAILHOUSE_PCI_TYPE_IVSHMEM;
}

/* Pages of the MSI-X table that is moderated for a device; false: it has none. */
bool rule_msix_range(const struct jailhouse_pci_device *device, struct range *range);

#define RULES(array) (sizeof(array) / sizeof((array)[0]))

struct config_arch {
	const struct rule *first, *last;	/* its own rules, asked before and after all others */
	/* Its n-th own window, of size 0 when this machine does not have it; false: no more. */
	bool (*window)(const struct system_view *system, unsigned n, struct config_window *window,
		       u64 *start, u64 *size);
	/* Interrupts of a cell's virtual PCI host as an irqchip; false, and NULL: none. */
	bool (*virtual_pins)(const struct system_view *system, const struct cell_view *cell,
			     struct jailhouse_irqchip *chip);
	u64 reset_last;		/* highest cpu_reset_address */
	u8 num_first, num_last;
	u8 architecture;
	u8 phys_bits;		/* width of physical addresses */
	u8 iommu_types;		/* bit per JAILHOUSE_IOMMU_* */
	bool ports;		/* it has a port space */
	bool misaligned_devices;	/* its CPUs can access devices at any address */
	bool boot_cpu_stays;	/* CPU 0 cannot leave Linux */
	u16 console_types;	/* bit per JAILHOUSE_CON_TYPE_* */
	u32 unprotected;	/* JAILHOUSE_UNPROTECTED_* that mean something here */
};

/* Physical addresses end here: for the format, and for this machine's CPUs where they have been asked. */
u64 rule_phys_limit(const struct rule_context *context);

/* Are there such bytes, and do they all lie below the limit? */
bool rule_below(u64 start, u64 size, u64 limit);

/* Refused when range covers a window; guest: it is a range of guest addresses. */
enum status rule_outside_windows(const struct rule_context *context, struct range range,
				 bool guest);

#define RULE(name) enum status name(const struct rule_context *context) MUST_USE
RULE(rule_system_flags);
RULE(rule_hypervisor_memory);
RULE(rule_ecam);
RULE(rule_x86_platform);
RULE(rule_gic);
RULE(rule_iommu_units);
RULE(rule_units_alike);
RULE(rule_windows_apart);
RULE(rule_console);
RULE(rule_debug_console);
RULE(rule_name);
RULE(rule_name_unique);
RULE(rule_cell_flags);
RULE(rule_aarch32);
RULE(rule_caches);
RULE(rule_no_caches);
RULE(rule_cpu_given);
RULE(rule_cpu_of_root);
RULE(rule_cpu_one_owner);
RULE(rule_cpu_left_for_root);
RULE(rule_memory_shape);
RULE(rule_memory_bits);
RULE(rule_memory_rights);
RULE(rule_memory_device);
RULE(rule_memory_loadable);
RULE(rule_comm_region);
RULE(rule_memory_apart);
RULE(rule_memory_windows);
RULE(rule_memory_one_owner);
RULE(rule_pio_shape);
RULE(rule_pio_one_owner);
RULE(rule_no_ports);
RULE(rule_device_shape);
RULE(rule_device_once);
RULE(rule_device_one_owner);
RULE(rule_device_caps);
RULE(rule_device_host);
RULE(rule_msix_shape);
RULE(rule_msix_not_memory);
RULE(rule_msix_apart);
RULE(rule_irqchip_shape);
RULE(rule_irqchip_of_root);
RULE(rule_pin_one_owner);
RULE(rule_spi_shape);
RULE(rule_spi_virtual);
RULE(rule_spi_one_owner);
RULE(rule_frame_shape);
RULE(rule_frame_owner);
RULE(rule_no_frames);
RULE(rule_no_streams);
RULE(rule_stream_shape);
RULE(rule_stream_once);
RULE(rule_stream_one_owner);
RULE(rule_link_shape);
RULE(rule_link_sections);
RULE(rule_link_ends);
RULE(rule_dma_isolated);
RULE(rule_irq_isolated);

#endif
