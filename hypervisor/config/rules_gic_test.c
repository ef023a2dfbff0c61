// SPDX-License-Identifier: GPL-2.0
/* Rules about the interrupts of a GIC and about stream ids: last valid, first invalid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <host/config_assert.h>

#define ROOT m.root
#define ONE m.cell[0]
#define TWO m.cell[1]
#define UNIT m.system.platform_info.iommu_units[0]

/* One entry with one interrupt: bit of a bitmap that begins at base. */
#define SPI(cell, base, bit) ((cell).irqchips[0].pin_base = (base),			\
			      memset((cell).irqchips[0].pin_bitmap, 0, 16),		\
			      (cell).irqchips[0].pin_bitmap[(bit) / 32] = 1U << (bit) % 32)

static void shape(void **state)
{
	(void)state;
	ARM64_ACCEPTS(SPI(ONE, 32, 0));
	ARM64_REFUSES(STATUS_SPI_PRIVATE, SPI(ONE, 0, 31));
	ARM64_REFUSES(STATUS_SPI_BASE, SPI(ONE, 0, 32));
	ARM64_REFUSES(STATUS_SPI_BASE, SPI(ONE, 48, 0));
	ARM64_ACCEPTS(SPI(ONE, 992, 27));
	ARM64_REFUSES(STATUS_SPI_LIMIT, SPI(ONE, 992, 28));
	ARM64_REFUSES(STATUS_SPI_LIMIT, SPI(ONE, 896, 124));
	ARM64_REFUSES(STATUS_SPI_BASE, memset(ONE.irqchips[0].pin_bitmap, 0, 16);
		      ONE.irqchips[0].pin_base = 1024);
	ARM64_REFUSES(STATUS_SPI_CHIP, ONE.irqchips[0].address = 0x8010000);
	ARM64_ACCEPTS(ONE.desc.num_irqchips = 2; ONE.irqchips[1] = ONE.irqchips[0];
		      ONE.irqchips[1].pin_base = 64);
	ARM64_REFUSES(STATUS_IRQCHIP_TWICE, ONE.desc.num_irqchips = 2;
		      ONE.irqchips[1] = ONE.irqchips[0]);
}

/* An interrupt has one owner wherever the entries begin; what root lists is lent. */
static void owner(void **state)
{
	(void)state;
	ARM64_ACCEPTS(SPI(ONE, 32, 6));
	ARM64_REFUSES(STATUS_SPI_FOREIGN, SPI(ONE, 32, 5));
	ARM64_ACCEPTS(SPI(ONE, 64, 40); SPI(TWO, 96, 7));
	ARM64_REFUSES(STATUS_SPI_FOREIGN, SPI(ONE, 64, 40); SPI(TWO, 96, 8));
	ARM64_REFUSES(STATUS_SPI_FOREIGN, SPI(ONE, 96, 8); SPI(TWO, 64, 40));
	ARM64_ACCEPTS(SPI(ONE, 32, 5); m.absent[1] = true);
	ARM64_ACCEPTS(SPI(ONE, 320, 0));
}

/* The link of the standard machine, device 14, without MSI-X: its line is INTC, two behind INTA. */
#define INTX(cell, base) ((cell).devices[DEV_LINK].num_msix_vectors = 0,		\
			  (cell).desc.vpci_irq_base = (base))

static void virtual_pci(void **state)
{
	(void)state;
	ARM64_ACCEPTS(INTX(ONE, 984));
	ARM64_REFUSES(STATUS_SPI_VIRTUAL, INTX(ONE, 985));
	ARM64_REFUSES(STATUS_SPI_VIRTUAL, INTX(ONE, 0xffffffff));
	ARM64_ACCEPTS(ONE.desc.vpci_irq_base = 0xffffffff);
	/* Interrupt 37 is cell two's. */
	ARM64_ACCEPTS(INTX(ONE, 4));
	ARM64_REFUSES(STATUS_SPI_FOREIGN, INTX(ONE, 3));
	ARM64_ACCEPTS(INTX(ONE, 2));
	ARM64_REFUSES(STATUS_SPI_FOREIGN, INTX(TWO, 2));
	/* Lines that no device raises are not in use, even when they cross a word. */
	ARM64_ACCEPTS(INTX(ONE, 176); INTX(TWO, 177));
	ARM64_REFUSES(STATUS_SPI_FOREIGN, INTX(ONE, 31); INTX(TWO, 31));
	ARM64_ACCEPTS(INTX(ONE, 31); INTX(TWO, 32));
	/* Root gives up what it lists, not what its own devices raise. */
	ARM64_REFUSES(STATUS_SPI_FOREIGN, INTX(ROOT, 2));
	ARM64_REFUSES(STATUS_SPI_FOREIGN, INTX(ROOT, 176); INTX(ONE, 176));
	ARM64_ACCEPTS(INTX(ROOT, 1));
	/* A cell may list its own. */
	ARM64_ACCEPTS(INTX(ONE, 2); m.absent[1] = true);
}

static void streams(void **state)
{
	(void)state;
	ARM64_ACCEPTS(ONE.stream_ids[0].id = 0xffffffff);
	ARM64_REFUSES(STATUS_STREAM_FOREIGN, ONE.stream_ids[0].id = 0x28);
	ARM64_ACCEPTS(TWO.stream_ids[0].id = 0x18);
	ARM64_ACCEPTS(ONE.desc.num_stream_ids = 2; ONE.stream_ids[1].id = 0x21);
	ARM64_REFUSES(STATUS_STREAM_TWICE, ONE.desc.num_stream_ids = 2; ONE.stream_ids[1].id = 0x20);
	/* On the SMMUv3 the upper half is no mask. */
	ARM64_ACCEPTS(ONE.stream_ids[0].id = 0x00080020);
}

#define MMU500 (UNIT.type = JAILHOUSE_IOMMU_ARM_MMU500)
#define MASK(parts, bits) ((parts).stream_ids[0].mmu500.mask_out = (bits))

static void masks(void **state)
{
	(void)state;
	ARM64_ACCEPTS(MMU500);
	ARM64_ACCEPTS(MMU500; TWO.stream_ids[0].id = 0x7fff);
	ARM64_REFUSES(STATUS_STREAM_LIMIT, MMU500; TWO.stream_ids[0].id = 0x8000);
	ARM64_ACCEPTS(MMU500; m.absent[0] = true; TWO.stream_ids[0].id = 0x4000; MASK(TWO, 0x3fff));
	ARM64_REFUSES(STATUS_STREAM_LIMIT, MMU500; MASK(TWO, 0x8000));
	ARM64_ACCEPTS(MMU500; MASK(TWO, 0x7));
	ARM64_REFUSES(STATUS_STREAM_FOREIGN, MMU500; MASK(TWO, 0x8); ROOT.desc.num_stream_ids = 0);
	/* Root's entry 0x18 covers 0x1f with this mask. */
	ARM64_ACCEPTS(MMU500; MASK(ROOT, 0x7); TWO.stream_ids[0].id = 0x18; MASK(TWO, 0x7));
	ARM64_REFUSES(STATUS_STREAM_PART, MMU500; MASK(ROOT, 0x7); TWO.stream_ids[0].id = 0x1f);
	ARM64_REFUSES(STATUS_STREAM_PART, MMU500; TWO.stream_ids[0].id = 0x18; MASK(TWO, 0x7));
	ARM64_REFUSES(STATUS_STREAM_TWICE, MMU500; MASK(ROOT, 0x38));
}

#define FRAME(n, at, size_of, first_of, count_of)					\
	(ROOT.frames[n] = (struct jailhouse_message_frame)				\
		JAILHOUSE_MESSAGE_FRAME_RECORD(at, size_of, first_of, count_of))
#define REGION(cell, at, size_of, rights)						\
	((cell).memory[(cell).desc.num_memory_regions++] = (struct jailhouse_memory){	\
		.phys_start = (at), .virt_start = (at), .size = (size_of),		\
		.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO | (rights) })

static void frame_shape(void **state)
{
	(void)state;
	ARM64_ACCEPTS(FRAME(0, 0x8020000, 0x1000, 32, 988));
	ARM64_ACCEPTS(FRAME(0, 0x8020000, 0x1000, 1019, 1); FRAME(1, 0x8080000, 0x20000, 0, 0));
	ARM64_REFUSES(STATUS_FRAME_INTERRUPTS, FRAME(0, 0x8020000, 0x1000, 31, 1));
	ARM64_REFUSES(STATUS_FRAME_INTERRUPTS, FRAME(0, 0x8020000, 0x1000, 32, 989));
	ARM64_REFUSES(STATUS_FRAME_INTERRUPTS, FRAME(0, 0x8020000, 0x1000, 32, 0xffffffff));
	ARM64_REFUSES(STATUS_FRAME_INTERRUPTS, FRAME(0, 0x8020000, 0x1000, 1020, 1));
	ARM64_REFUSES(STATUS_FRAME_SHAPE, FRAME(0, 0x8020800, 0x1000, 80, 64));
	ARM64_REFUSES(STATUS_FRAME_SHAPE, FRAME(0, 0x8020000, 0x800, 80, 64));
	ARM64_REFUSES(STATUS_FRAME_SHAPE, FRAME(0, 0x8020000, 0, 80, 64));
	ARM64_ACCEPTS(FRAME(0, 0xfffffffff000, 0x1000, 80, 64));
	ARM64_REFUSES(STATUS_FRAME_SHAPE, FRAME(0, 0xfffffffff000, 0x2000, 80, 64));
	ARM64_REFUSES(STATUS_FRAME_SHAPE, FRAME(1, 0xfffffffffffff000, 0x1000, 80, 64));
	/* The machine's redistributors are 0x80a0000 to 0x811ffff, its unit follows at 0x9050000. */
	ARM64_ACCEPTS(FRAME(0, 0x8080000, 0x20000, 0, 0); FRAME(1, 0x8120000, 0x1000, 80, 64));
	ARM64_REFUSES(STATUS_IN_GIC, FRAME(0, 0x8080000, 0x21000, 0, 0));
	ARM64_REFUSES(STATUS_IN_GIC, FRAME(1, 0x811f000, 0x1000, 80, 64));
	ARM64_REFUSES(STATUS_IN_GIC, FRAME(0, 0x8080000, 0x20000, 0, 0);
		      m.system.platform_info.arm.gicr_base = 0x8080000);
	ARM64_REFUSES(STATUS_IN_IOMMU, FRAME(0, UNIT.base, 0x1000, 80, 64));
	/* Only a system config for Arm names them. */
	ARM64_REFUSES(STATUS_EXT_KIND, FRAME(0, 0x8020000, 0x1000, 80, 64); ONE.frames[0] = ROOT.frames[0]);
	REFUSES(STATUS_FRAME_NONE, FRAME(0, 0x8020000, 0x1000, 80, 64));
}

/* Cell one has interrupt 36, cell two 37, root lists 32 to 159. */
static void frame_owner(void **state)
{
	(void)state;
	/* Out of everybody's reach it harms nobody, whoever has its interrupts. */
	ARM64_ACCEPTS(FRAME(0, 0x8020000, 0x1000, 36, 2));
	ARM64_ACCEPTS(FRAME(0, 0x8020000, 0x1000, 38, 64); REGION(ROOT, 0x8020000, 0x1000, 0));
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x1000, 37, 64);
		      REGION(ROOT, 0x8020000, 0x1000, 0));
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x1000, 36, 1);
		      REGION(ROOT, 0x8000000 + 0x20fff, 0x1000, 0));
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(1, 0x8020000, 0x1000, 36, 1);
		      FRAME(0, 0x8080000, 0x20000, 0, 0); REGION(ROOT, 0x8020000, 0x1000, 0));
	/* A cell's frame is not root's, and not for root's interrupts. */
	ARM64_ACCEPTS(FRAME(0, 0x8020000, 0x1000, 36, 1); REGION(ONE, 0x8020000, 0x1000, 0));
	ARM64_ACCEPTS(FRAME(0, 0x8020000, 0x1000, 36, 1); REGION(ONE, 0x8020000, 0x1000, 0);
		      REGION(ROOT, 0x8020000, 0x1000, 0));
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x1000, 35, 2);
		      REGION(ONE, 0x8020000, 0x1000, 0));
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x1000, 36, 2);
		      REGION(ONE, 0x8020000, 0x1000, 0));
	ARM64_ACCEPTS(FRAME(0, 0x8020000, 0x1000, 160, 100); REGION(ONE, 0x8020000, 0x1000, 0));
	/* Shared with root, or half of it: both reach it. */
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x1000, 36, 1);
		      REGION(ONE, 0x8020000, 0x1000, JAILHOUSE_MEM_ROOTSHARED);
		      REGION(ROOT, 0x8020000, 0x1000, 0));
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x2000, 36, 1);
		      REGION(ONE, 0x8020000, 0x1000, 0); REGION(ROOT, 0x8020000, 0x2000, 0));
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x2000, 36, 1);
		      REGION(ONE, 0x8021000, 0x1000, 0); REGION(ROOT, 0x8020000, 0x2000, 0));
	/* Lines of virtual PCI are interrupts, too: this one is 38. */
	ARM64_REFUSES(STATUS_FRAME_FOREIGN, FRAME(0, 0x8020000, 0x1000, 38, 1); INTX(TWO, 4);
		      REGION(ROOT, 0x8020000, 0x1000, 0));
	/* What raises everything is nobody's. */
	ARM64_ACCEPTS(FRAME(0, 0x8080000, 0x20000, 0, 0));
	ARM64_REFUSES(STATUS_FRAME_NOBODYS, FRAME(0, 0x8080000, 0x20000, 0, 0);
		      REGION(ROOT, 0x8090000, 0x1000, 0));
	ARM64_REFUSES(STATUS_FRAME_NOBODYS, FRAME(0, 0x8080000, 0x20000, 0, 0);
		      REGION(TWO, 0x8080000, 0x20000, 0));
}

static void every_reason_was_seen(void **state)
{
	(void)state;
	assert_all_seen(STATUS_SPI_CHIP, STATUS_FRAME_FOREIGN);
	assert_all_seen(STATUS_STREAM_LIMIT, STATUS_STREAM_PART);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shape),
		cmocka_unit_test(owner),
		cmocka_unit_test(virtual_pci),
		cmocka_unit_test(streams),
		cmocka_unit_test(masks),
		cmocka_unit_test(frame_shape),
		cmocka_unit_test(frame_owner),
		cmocka_unit_test(every_reason_was_seen),
	};

	return cmocka_run_group_tests_name("config/rules_gic", tests, NULL, NULL);
}
