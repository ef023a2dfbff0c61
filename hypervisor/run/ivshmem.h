/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The shared-memory device (ivshmem, version 2) as a state machine without hardware. Each cell of a
 * link has one end: a virtual PCI function with registers in BAR0, the MSI-X table in BAR1 and the
 * addresses of the memory sections in a vendor capability. Ends with the same BDF form a link.
 *
 *   access ──► model ──► answer
 *                   └──► struct ivshmem_effect: 1. write the state table
 *                                               2. deliver the interrupts of each end in wake
 *
 * An access to one end may change another (its pending interrupts), so one lock of the caller
 * covers the model and the effect together.
 */
#ifndef RUN_IVSHMEM_H
#define RUN_IVSHMEM_H

#include <config/config.h>
#include <run/msix.h>

#define IVSHMEM_MAX_ENDS	16	/* in all cells together */
#define IVSHMEM_MAX_PEERS	12	/* on one link */
#define IVSHMEM_MAX_VECTORS	16
#define IVSHMEM_MSIX_SIZE	0x200U	/* bytes that BAR1 decodes: table, then pending bits */

/* Registers in BAR0, 32 bits each; everything else there reads 0 and ignores writes. */
#define IVSHMEM_ID_REG		0x00
#define IVSHMEM_MAX_PEERS_REG	0x04
#define IVSHMEM_INT_CONTROL_REG	0x08	/* bit 0: this end wants interrupts */
#define IVSHMEM_DOORBELL_REG	0x0c	/* write only */
#define IVSHMEM_STATE_REG	0x10
#define IVSHMEM_DOORBELL_TARGET	0xffff0000U
#define IVSHMEM_DOORBELL_VECTOR	0x0000ffffU

#define IVSHMEM_CONFIG_END	0x80U	/* of the config space that is there */

struct ivshmem_end {
	/* From the config; constant while attached. */
	u64 state_phys;		/* physical start of the state table */
	u32 bar_mask[2];	/* [1] is 0 without MSI-X */
	u32 bar_size[2];	/* bytes that are decoded */
	u16 bdf;
	u16 cell;		/* slot */
	u8 vectors;		/* MSI-X vectors, 0: one INTx line */
	bool attached;
	u16 pending;		/* a bit per vector: raised, not yet taken */

	/* BAR0: what a guest reads is this memory. */
	union {
		u32 registers[IVSHMEM_STATE_REG / 4 + 1];
		struct {
			u32 id, peers;		/* constant */
			u32 int_control;	/* 0 or 1 */
			u32 doorbell;		/* 0 */
			u32 state;
		};
	};

	/* Config space: what a guest reads is this memory. */
	union {
		u32 config[IVSHMEM_CONFIG_END / 4];
		struct {
			u32 vendor_device;
			u16 command, status;	/* command is a register */
			u32 class_code, cache_line;
			u32 bar[2];		/* registers */
			u32 reserved[5], subsystem, rom, capabilities, reserved2, interrupt;
			u8 vendor_cap, vendor_next, vendor_size;
			bool one_shot;		/* a register: INT_CONTROL clears itself with each interrupt */
			u32 state_size;
			u64 rw_size, output_size;
			u64 base;		/* guest physical start of the sections */
			u16 msix_cap;
			u16 msix_control;	/* a register but for the number of vectors */
			u32 msix_table, msix_pending, reserved3[5];
		};
	};
	struct msix_entry table[IVSHMEM_MAX_VECTORS];
} __attribute__((aligned(512)));	/* an index becomes an address by a shift */

_Static_assert(__builtin_offsetof(struct ivshmem_end, msix_pending) -
	       __builtin_offsetof(struct ivshmem_end, config) == 0x68, "where the guest finds it");
_Static_assert(__builtin_offsetof(struct ivshmem_end, state) -
	       __builtin_offsetof(struct ivshmem_end, registers) == IVSHMEM_STATE_REG, "the same");

struct ivshmem {
	u32 used;	/* no end has been attached from this index on; searches stop here */
	struct ivshmem_end ends[IVSHMEM_MAX_ENDS];
};

/* What is left to do, in this order. */
struct ivshmem_effect {
	u64 state_phys;		/* first u32 to write, in shared memory */
	u32 state_value;
	u8 state_words;		/* how many u32 get that value, 0: none; then a write barrier */
	u16 wake;		/* bit per index into ends: take until there is none */
};

enum ivshmem_interrupt {
	IVSHMEM_NO_INTERRUPT,
	IVSHMEM_MESSAGE,	/* to be checked by msi_check against the cell of the end */
	IVSHMEM_LINE,		/* INTx pin; on x86 there is nothing to raise, see ivshmem_take */
};

/* Where a guest-physical access lands in an end's windows. */
struct ivshmem_place {
	u8 bar;
	u32 offset;
};

/* Could every shared-memory device of this cell be attached now? Changes nothing. */
enum status ivshmem_room(struct ivshmem *ivshmem, const struct cell_view *view,
			 struct refusal *refusal) MUST_USE;
/*
 * Attach the end that device (type IVSHMEM) of this cell describes; ivshmem_room() has found it good.
 * The first end of a link clears the state table; the effect says so.
 */
struct ivshmem_end *ivshmem_attach(struct ivshmem *ivshmem, u16 cell, const struct cell_view *view,
				   const struct jailhouse_pci_device *device,
				   struct ivshmem_effect *effect);
/* Registers as after power-on; the peers learn of state 0. For create, start, loadable, destroy. */
void ivshmem_reset(struct ivshmem *ivshmem, struct ivshmem_end *end, struct ivshmem_effect *effect);
/* Reset and give the slot back. */
void ivshmem_detach(struct ivshmem *ivshmem, struct ivshmem_end *end,
		    struct ivshmem_effect *effect);

/* The cell's end at bdf; NULL: none. */
struct ivshmem_end *ivshmem_find(struct ivshmem *ivshmem, u16 cell, u16 bdf);
/* The cell's end whose BAR decodes this address; NULL: none. A BAR of 0 decodes nothing. */
struct ivshmem_end *ivshmem_find_window(struct ivshmem *ivshmem, u16 cell, u64 address,
					struct ivshmem_place *place);

/* Config space; the access fits a dword (pci_access_fits). Behind 0x80 it reads as all-ones. */
u32 ivshmem_config_read(const struct ivshmem_end *end, u16 reg, unsigned width);
/* The writable bits are taken even when the status says that others were refused. */
enum status ivshmem_config_write(struct ivshmem *ivshmem, struct ivshmem_end *end, u16 reg,
				 unsigned width, u32 value, struct ivshmem_effect *effect) MUST_USE;

/* Registers (aligned 32-bit accesses, others read 0 or are ignored) and MSI-X table (refuses). */
enum status ivshmem_mmio_read(const struct ivshmem_end *end, struct ivshmem_place place,
			      unsigned width, u64 *value) MUST_USE;
enum status ivshmem_mmio_write(struct ivshmem *ivshmem, struct ivshmem_end *end,
			       struct ivshmem_place place, unsigned width, u64 value,
			       struct ivshmem_effect *effect) MUST_USE;

/*
 * Take one interrupt that can be delivered now and fill *message. A vector that is masked stays
 * pending and wakes its end when it is unmasked. An end without MSI-X has only a line: x86 cells
 * share the machine's I/O APIC by pins and none of its inputs is ours to raise, so there the line
 * goes nowhere and such an end must poll.
 */
enum ivshmem_interrupt ivshmem_take(struct ivshmem_end *end, struct msi_message *message);

/* For the model's own files: what config space says of the device. */
void ivshmem_config_fill(struct ivshmem_end *end, const struct jailhouse_pci_device *device,
			 const struct jailhouse_memory *regions);
/* The registers in it as after power-on. */
void ivshmem_config_reset(struct ivshmem_end *end);
/* Raise vector at end, if it wants interrupts; note it in wake. */
void ivshmem_raise(struct ivshmem *ivshmem, struct ivshmem_end *end, unsigned vector,
		   struct ivshmem_effect *effect);
/* The end with this id on the link of end; NULL: none. */
struct ivshmem_end *ivshmem_peer(struct ivshmem *ivshmem, const struct ivshmem_end *end, u32 id);
/* Vectors that could be taken now, a bit each. */
u16 ivshmem_deliverable(const struct ivshmem_end *end);
/* Store the state of end, and tell its peers when it changed. */
void ivshmem_set_state(struct ivshmem *ivshmem, struct ivshmem_end *end, u32 state,
		       struct ivshmem_effect *effect);
/* After a register that gates interrupts was written: forget or wake what is pending. */
void ivshmem_gates_changed(struct ivshmem *ivshmem, struct ivshmem_end *end,
			   struct ivshmem_effect *effect);

#endif
