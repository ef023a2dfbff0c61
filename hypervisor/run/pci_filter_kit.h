/* SPDX-License-Identifier: GPL-2.0 */
/* For tests of the filter: a small model of a device's config space behind it. */
#ifndef RUN_PCI_FILTER_KIT_H
#define RUN_PCI_FILTER_KIT_H

#include <string.h>

#include <base/bits.h>
#include <jailhouse/pci_defs.h>
#include <run/pci_filter.h>

#define WRITE JAILHOUSE_PCICAPS_WRITE

/* caps[0] belongs to somebody else, so that caps_start is not 0. */
static const struct jailhouse_pci_capability caps[] = {
	{ .id = PCI_CAP_ID_AF, .start = 0x40, .len = 0xc0, .flags = WRITE },
	{ .id = PCI_CAP_ID_PM, .start = 0x40, .len = 8, .flags = WRITE },
	{ .id = PCI_CAP_ID_MSI, .start = 0x50, .len = 14, .flags = WRITE },
	{ .id = PCI_CAP_ID_EXP, .start = 0x60, .len = 20, .flags = 0 },
	{ .id = PCI_CAP_ID_MSIX, .start = 0x80, .len = 12, .flags = WRITE },
	{ .id = PCI_CAP_ID_VNDR, .start = 0x92, .len = 3, .flags = WRITE },
	{ .id = PCI_EXT_CAP_ID_ERR | JAILHOUSE_PCI_EXT_CAP, .start = 0x100, .len = 0x38,
	  .flags = WRITE },
};

struct machine {
	u8 hardware[PCI_CONFIG_END];
	u8 written[PCI_CONFIG_END];
	struct jailhouse_pci_device device;
	struct pci_shadow shadow;
	struct msi_cpus cpus;
	struct pci_function function;
};

/* A 64-bit memory BAR of 16 KiB, an I/O BAR of 32 ports; APIC id 2 is the cell's only CPU. */
static inline struct machine machine_with(u8 type)
{
	struct machine m = {
		.device = { .type = type, .bar_mask = { 0xffffc000, 0xffffffff, 0xffffffe0 },
			    .caps_start = 1, .num_caps = 6, .msi_64bits = 1 },
		.cpus = { .apic_ids = { 1 << 2 } },
	};
	static const u32 bars[] = { 0xfe00000c, 0x00000001, 0xc001 };
	unsigned n;

	for (n = 0; n < sizeof(m.hardware); n++)
		m.hardware[n] = (u8)(n ^ 0x5a);
	memcpy(&m.hardware[PCI_REG_BAR], bars, sizeof(bars));
	memset(&m.hardware[0x52], 0, 12);
	return m;
}

static inline void machine_start(struct machine *m)
{
	u32 config[64];

	memcpy(config, m->hardware, sizeof(config));
	pci_shadow_load(&m->shadow, &m->device, caps, config);
	m->function = (struct pci_function){ &m->device, caps, &m->shadow, &m->cpus };
}

static inline void perform(struct machine *m, const struct pci_writes *writes)
{
	unsigned n;

	assert_true(writes->count <= PCI_MAX_WRITES);
	for (n = 0; n < writes->count; n++) {
		const struct pci_write *w = &writes->write[n];

		assert_true(w->width == 1 || w->width == 2 || w->width == 4);
		assert_true(is_aligned(w->reg, w->width));
		memcpy(&m->hardware[w->reg], &w->value, w->width);
		memset(&m->written[w->reg], 1, w->width);
	}
}

static inline enum status put(struct machine *m, u16 reg, unsigned width, u32 value)
{
	struct pci_writes writes;
	enum status why = pci_filter_write(&m->function, reg, width, value, &writes);

	perform(m, &writes);
	return why;
}

static inline u32 get(struct machine *m, u16 reg, unsigned width)
{
	struct pci_read read = pci_filter_read(&m->function, reg, width);
	u32 hardware = 0;

	memcpy(&hardware, &m->hardware[reg], width);
	return read.value | (hardware & read.mask);
}

static inline unsigned count_written(const struct machine *m)
{
	unsigned n, count = 0;

	for (n = 0; n < sizeof(m->written); n++)
		count += m->written[n];
	return count;
}

#define MACHINE(m, type) struct machine m = machine_with(type); machine_start(&m); (void)state

#endif
