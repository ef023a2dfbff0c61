// SPDX-License-Identifier: GPL-2.0
/* Rules about memory regions and the windows nobody gets: last valid, first invalid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <host/config_assert.h>

#define MEM(cell, i) m.cell.memory[i]
#define ONE(i) m.cell[0].memory[i]
#define TWO(i) m.cell[1].memory[i]
#define ROOT(i) m.root.memory[i]
#define SET(region, phys, virt, bytes)							\
	((region).phys_start = (phys), (region).virt_start = (virt), (region).size = (bytes))
/* RAM where root need not have any: nothing is loaded to it. */
#define ELSEWHERE(region, phys)							\
	((region).phys_start = (phys), (region).flags &= ~(u64)JAILHOUSE_MEM_LOADABLE)

static void flags(void **state)
{
	(void)state;
	ACCEPTS(ONE(CELL_RAM).flags |= JAILHOUSE_MEM_IO | JAILHOUSE_MEM_NO_HUGEPAGES);
	ACCEPTS(ONE(CELL_RAM).flags |= 0xf8000);
	REFUSES(STATUS_MEM_FLAGS, ONE(CELL_RAM).flags |= 0x200);
	REFUSES(STATUS_MEM_FLAGS, ONE(CELL_RAM).flags |= 0x100000);
	REFUSES(STATUS_MEM_FLAGS, ROOT(ROOT_LOW).flags |= 1ULL << 63);
}

static void placeholders(void **state)
{
	(void)state;
	ACCEPTS(memset(&ONE(CELL_MMIO), 0, 32));
	REFUSES(STATUS_MEM_EMPTY, ONE(CELL_MMIO).size = 0);
	REFUSES(STATUS_MEM_EMPTY, memset(&ONE(CELL_MMIO), 0, 32); ONE(CELL_MMIO).flags = 1);
	REFUSES(STATUS_MEM_EMPTY, memset(&ONE(CELL_MMIO), 0, 32); ONE(CELL_MMIO).virt_start = 1);
}

static void widths(void **state)
{
	(void)state;
	ACCEPTS(ELSEWHERE(ONE(CELL_RAM), (1ULL << 52) - 0x100000));
	REFUSES(STATUS_MEM_WRAP, ONE(CELL_RAM).phys_start = (1ULL << 52) - 0xff000);
	REFUSES(STATUS_MEM_WRAP, ONE(CELL_RAM).phys_start = -0x100000ULL);
	ACCEPTS(ONE(CELL_RAM).virt_start = (1ULL << 48) - 0x100000);
	REFUSES(STATUS_MEM_WRAP, ONE(CELL_RAM).virt_start = (1ULL << 48) - 0xff000);
	REFUSES(STATUS_MEM_WRAP, ONE(CELL_RAM).virt_start = -0x1000ULL);
	REFUSES(STATUS_MEM_WRAP, ONE(CELL_RAM).size = ~0xfffULL);
	ACCEPTS(SET(ONE(CELL_MMIO), (1ULL << 52) - 1, (1ULL << 48) - 1, 1));
	REFUSES(STATUS_MEM_WRAP, SET(ONE(CELL_MMIO), 1ULL << 52, 0x200000, 1));
	REFUSES(STATUS_MEM_WRAP, SET(ONE(CELL_MMIO), 0xfe000000, 1ULL << 48, 1));
}

#define BITS(n) (m.phys_bits = (n))

/* What the CPUs have is less than what a config could say; of either kind of address. */
static void bits_of_the_machine(void **state)
{
	(void)state;
	ARM64_ACCEPTS(BITS(44); ELSEWHERE(ONE(CELL_RAM), (1ULL << 44) - 0x100000));
	ARM64_REFUSES(STATUS_MEM_BITS, BITS(44); ONE(CELL_RAM).phys_start = (1ULL << 44) - 0xff000);
	ARM64_REFUSES(STATUS_MEM_BITS, BITS(44); ONE(CELL_RAM).phys_start = 0x200000000000);
	ARM64_ACCEPTS(BITS(44); ONE(CELL_RAM).virt_start = (1ULL << 44) - 0x100000);
	ARM64_REFUSES(STATUS_MEM_BITS, BITS(44); ONE(CELL_RAM).virt_start = (1ULL << 44) - 0xff000);
	ARM64_REFUSES(STATUS_MEM_BITS, BITS(44); ONE(CELL_COMM).virt_start = 1ULL << 44);
	ARM64_ACCEPTS(ONE(CELL_RAM).virt_start = 1ULL << 44);
	ARM64_ACCEPTS(BITS(44); memset(&ONE(CELL_MMIO), 0, 32));
	ARM64_ACCEPTS(BITS(48); ELSEWHERE(ONE(CELL_RAM), (1ULL << 48) - 0x100000));
	ACCEPTS(BITS(52); ELSEWHERE(ONE(CELL_RAM), (1ULL << 52) - 0x100000));
	REFUSES(STATUS_MEM_BITS, BITS(40); ROOT(ROOT_MMIO).phys_start = 1ULL << 40);
}

static void alignment(void **state)
{
	(void)state;
	ACCEPTS(ONE(CELL_RAM).phys_start = 0x100a01000);
	REFUSES(STATUS_MEM_ALIGN, ONE(CELL_RAM).phys_start = 0x100a00800);
	ACCEPTS(SET(ONE(CELL_MMIO), 0xfe000ffc, 0x200ffc, 4));
	REFUSES(STATUS_MEM_ALIGN, SET(ONE(CELL_MMIO), 0xfe000ff8, 0x200ffc, 4));
	/* Sub-page regions may share a page, even of two cells, as long as no byte is shared. */
	ACCEPTS(SET(ONE(CELL_MMIO), 0xfe0001fc, 0xfe0001fc, 4));
	REFUSES(STATUS_MEM_FOREIGN, SET(TWO(CELL_MMIO), 0xfe0001ff, 0xfe0001ff, 4));
}

static void rights(void **state)
{
	(void)state;
	ACCEPTS(ONE(CELL_RAM).flags = JAILHOUSE_MEM_READ);
	REFUSES(STATUS_MEM_RIGHTS, ONE(CELL_RAM).flags = JAILHOUSE_MEM_WRITE);
	REFUSES(STATUS_MEM_RIGHTS, ONE(CELL_RAM).flags = 0);
	ACCEPTS(ONE(CELL_MMIO).flags = JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO_8);
	REFUSES(STATUS_MEM_RIGHTS, ONE(CELL_MMIO).flags = JAILHOUSE_MEM_IO_8);
	REFUSES(STATUS_MEM_SUBPAGE, ONE(CELL_MMIO).flags |= JAILHOUSE_MEM_EXECUTE);
	REFUSES(STATUS_MEM_SUBPAGE, ONE(CELL_MMIO).flags |= JAILHOUSE_MEM_DMA);
	REFUSES(STATUS_MEM_SUBPAGE, ONE(CELL_MMIO).flags |= JAILHOUSE_MEM_LOADABLE);
	ACCEPTS(ONE(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED);
}

static void comm_region(void **state)
{
	(void)state;
	ACCEPTS(memset(&ONE(CELL_COMM), 0, 32));
	ACCEPTS(ONE(CELL_COMM).phys_start = ~0ULL);
	REFUSES(STATUS_COMM_SIZE, ONE(CELL_COMM).size = 0x2000);
	REFUSES(STATUS_COMM_SIZE, ONE(CELL_COMM).size = 0x800);
	REFUSES(STATUS_COMM_SIZE, ONE(CELL_COMM).virt_start = 0x100800);
	ACCEPTS(ONE(CELL_COMM).flags |= JAILHOUSE_MEM_EXECUTE);
	REFUSES(STATUS_COMM_FLAGS, ONE(CELL_COMM).flags |= JAILHOUSE_MEM_DMA);
	REFUSES(STATUS_COMM_FLAGS, ONE(CELL_COMM).flags |= JAILHOUSE_MEM_ROOTSHARED);
	REFUSES(STATUS_COMM_FLAGS, ONE(CELL_COMM).flags |= JAILHOUSE_MEM_LOADABLE);
	REFUSES(STATUS_COMM_ROOT, ROOT(ROOT_MMIO) = ONE(CELL_COMM));
	REFUSES(STATUS_COMM_TWICE, ONE(CELL_MMIO) = ONE(CELL_COMM);
		ONE(CELL_MMIO).virt_start = 0x200000);
}

static void apart_in_one_cell(void **state)
{
	(void)state;
	/* RAM ends where the communication region begins. */
	ACCEPTS(ONE(CELL_RAM).virt_start = 0x101000);
	REFUSES(STATUS_MEM_OVERLAP, ONE(CELL_RAM).virt_start = 0x1000);
	REFUSES(STATUS_MEM_OVERLAP, ONE(CELL_RAM).virt_start = 0x100000);
	REFUSES(STATUS_MEM_OVERLAP, ONE(CELL_MMIO).virt_start = 0x100100);
	/* The same bytes at two guest addresses are no conflict. */
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0x0, 0x200000000, 0x1000));
}

static void one_owner(void **state)
{
	(void)state;
	ACCEPTS(TWO(CELL_RAM).phys_start = 0x100700000);
	REFUSES(STATUS_MEM_FOREIGN, TWO(CELL_RAM).phys_start = 0x100701000);
	REFUSES(STATUS_MEM_FOREIGN, TWO(CELL_RAM).phys_start = 0x1008ff000);
	REFUSES(STATUS_MEM_FOREIGN, TWO(CELL_RAM).phys_start = 0x100800000;
		TWO(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED);
	REFUSES(STATUS_MEM_FOREIGN, TWO(CELL_RAM).phys_start = 0x100800000;
		ONE(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED);
	ACCEPTS(TWO(CELL_RAM).phys_start = 0x100800000;
		TWO(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED;
		ONE(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED);
	/* Memory that root does not list is nobody's loss. */
	ACCEPTS(ELSEWHERE(TWO(CELL_RAM), 0x200000000));
}

/* Each byte is in some region of root, at its own address, and root may write what it only shares. */
static void loadable(void **state)
{
	(void)state;
	ACCEPTS(ROOT(ROOT_CELLS).size = 0x400000);
	REFUSES(STATUS_MEM_LOADABLE, ROOT(ROOT_CELLS).size = 0x3ff000);
	REFUSES(STATUS_MEM_LOADABLE, ONE(CELL_RAM).phys_start = 0x200000000);
	REFUSES(STATUS_MEM_LOADABLE, ROOT(ROOT_CELLS).virt_start = 0x300600000);
	/* Of two regions of root, in whichever order, the first bytes or the last. */
	ACCEPTS(SET(ROOT(ROOT_CELLS), 0x100880000, 0x100880000, 0x180000);
		SET(ROOT(ROOT_MMIO), 0x100600000, 0x100600000, 0x280000));
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0x100880000, 0x100880000, 0x180000);
		SET(ROOT(ROOT_CELLS), 0x100800000, 0x100800000, 0x80000));
	REFUSES(STATUS_MEM_LOADABLE, SET(ROOT(ROOT_CELLS), 0x100881000, 0x100881000, 0x17f000);
		SET(ROOT(ROOT_MMIO), 0x100600000, 0x100600000, 0x280000));
	REFUSES(STATUS_MEM_LOADABLE, SET(ROOT(ROOT_CELLS), 0x100600000, 0x100600000, 0x400800);
		ROOT(ROOT_CELLS).flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE);
	/* A loan has all rights, a shared region has those of root. */
	ACCEPTS(ROOT(ROOT_CELLS).flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO);
	ACCEPTS(ONE(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED);
	REFUSES(STATUS_MEM_LOADABLE, ONE(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED;
		ROOT(ROOT_CELLS).flags &= ~(u64)JAILHOUSE_MEM_WRITE);
	REFUSES(STATUS_MEM_LOADABLE, ONE(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED;
		ROOT(ROOT_CELLS).flags |= JAILHOUSE_MEM_IO);
	/* Nothing is loaded to root. */
	ACCEPTS(ROOT(ROOT_MMIO).virt_start = 0x200000000;
		ROOT(ROOT_MMIO).flags |= JAILHOUSE_MEM_LOADABLE);
}

static void hypervisor_memory(void **state)
{
	(void)state;
	ACCEPTS(ELSEWHERE(ONE(CELL_RAM), 0xfff00000));
	REFUSES(STATUS_IN_HYPERVISOR, SET(ONE(CELL_RAM), 0xfff01000, 0, 0x100000));
	ACCEPTS(SET(ONE(CELL_RAM), 0x100600000, 0, 0x100000));
	REFUSES(STATUS_IN_HYPERVISOR, SET(ONE(CELL_RAM), 0x1005ff000, 0, 0x100000));
	REFUSES(STATUS_IN_HYPERVISOR, ONE(CELL_RAM).phys_start = 0x100000000;
		ONE(CELL_RAM).flags |= JAILHOUSE_MEM_ROOTSHARED);
	REFUSES(STATUS_IN_HYPERVISOR, SET(ROOT(ROOT_CELLS), 0x1005ff000, 0x1005ff000, 0x1000));
	/* Guest addresses of a cell are its own; root sees hypervisor memory as zero pages there.
	 */
	ACCEPTS(ONE(CELL_RAM).virt_start = 0x100000000);
	REFUSES(STATUS_IN_HYPERVISOR, SET(ROOT(ROOT_CELLS), 0x100600000, 0x1005ff000, 0x1000));
}

static void windows(void **state)
{
	(void)state;
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0xfedff000, 0xfedff000, 0x1000));
	REFUSES(STATUS_IN_LAPIC, SET(ROOT(ROOT_MMIO), 0xfedff000, 0xfedff000, 0x2000));
	REFUSES(STATUS_IN_LAPIC, SET(ROOT(ROOT_MMIO), 0xfeeff000, 0xfeeff000, 0x1000));
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0xfef00000, 0xfef00000, 0x1000));
	REFUSES(STATUS_IN_LAPIC, ONE(CELL_MMIO).virt_start = 0xfee00100);
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0xaffff000, 0xaffff000, 0x1000));
	REFUSES(STATUS_IN_ECAM, SET(ROOT(ROOT_MMIO), 0xb0000000, 0xb0000000, 0x1000));
	REFUSES(STATUS_IN_ECAM, SET(ROOT(ROOT_MMIO), 0xbffff000, 0xbffff000, 0x1000));
	REFUSES(STATUS_IN_ECAM, ONE(CELL_MMIO).virt_start = 0xb0000100);
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0xbffff000, 0xbffff000, 0x1000);
		m.system.platform_info.pci_mmconfig_end_bus = 0xfe);
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0xfed84000, 0xfed84000, 0x1000));
	REFUSES(STATUS_IN_IOMMU, SET(ROOT(ROOT_MMIO), 0xfed83000, 0xfed83000, 0x1000));
	ACCEPTS(ONE(CELL_MMIO).virt_start = 0xfed80100);
	ACCEPTS(SET(ROOT(ROOT_MMIO), 0xfec01000, 0xfec01000, 0x1000));
	REFUSES(STATUS_IN_IOAPIC, SET(ROOT(ROOT_MMIO), 0xfec00000, 0xfec00000, 0x1000));
	REFUSES(STATUS_IN_IOAPIC, ONE(CELL_MMIO).phys_start = 0xfec00100);
}

static void arm64(void **state)
{
	(void)state;
	ARM64_ACCEPTS(ONE(CELL_RAM).flags |= JAILHOUSE_MEM_IO;
		      ONE(CELL_RAM).flags &= ~(u64)JAILHOUSE_MEM_EXECUTE);
	ARM64_REFUSES(STATUS_MEM_DEVICE, ONE(CELL_RAM).flags |= JAILHOUSE_MEM_IO);
	ACCEPTS(ONE(CELL_RAM).flags |= JAILHOUSE_MEM_IO);
	ARM64_ACCEPTS(ELSEWHERE(ONE(CELL_RAM), 0xfffffff00000));
	ARM64_REFUSES(STATUS_MEM_WRAP, ONE(CELL_RAM).phys_start = 0xfffffff01000);
}

#define RAM_AT(address) (ROOT(ROOT_LOW).size = 0x1000, \
			 ROOT(ROOT_LOW).phys_start = ROOT(ROOT_LOW).virt_start = address)

/* Frames of both kinds of GIC, to their last page; a cell's guest may use what is root's alone. */
static void gic(void **state)
{
	(void)state;
	ARM64_ACCEPTS(RAM_AT(0x7fff000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x8000000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x800f000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x8010000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x8011000));
	ARM64_ACCEPTS(RAM_AT(0x8012000));
	ARM64_ACCEPTS(RAM_AT(0x809f000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x80a0000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x811f000));
	ARM64_ACCEPTS(RAM_AT(0x8120000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x8120000); GICV4);
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x819f000); GICV4);
	ARM64_ACCEPTS(RAM_AT(0x81a0000); GICV4);
	ARM64_ACCEPTS(RAM_AT(0x8031000); m.system.platform_info.arm.gich_base = 0);
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x8031000));
	ARM64_REFUSES(STATUS_IN_GIC, RAM_AT(0x8041000));
	ARM64_ACCEPTS(ONE(CELL_COMM).virt_start = 0x8010000);
	ARM64_REFUSES(STATUS_IN_GIC, ONE(CELL_COMM).virt_start = 0x8010000; GICV2);
	ARM64_ACCEPTS(ONE(CELL_COMM).virt_start = 0x8030000; GICV2);
	ARM64_ACCEPTS(ONE(CELL_COMM).virt_start = 0x8001000; GICV2);
	ARM64_REFUSES(STATUS_IN_GIC, ONE(CELL_COMM).virt_start = 0x8001000);
	ARM64_REFUSES(STATUS_IN_IOMMU, RAM_AT(0x906f000));
	ARM64_ACCEPTS(RAM_AT(0x9070000));
}

static void every_reason_was_seen(void **state)
{
	(void)state;
	assert_all_seen(STATUS_MEM_FLAGS, STATUS_IN_GIC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(flags),
		cmocka_unit_test(placeholders),
		cmocka_unit_test(widths),
		cmocka_unit_test(bits_of_the_machine),
		cmocka_unit_test(alignment),
		cmocka_unit_test(rights),
		cmocka_unit_test(comm_region),
		cmocka_unit_test(apart_in_one_cell),
		cmocka_unit_test(one_owner),
		cmocka_unit_test(loadable),
		cmocka_unit_test(hypervisor_memory),
		cmocka_unit_test(windows),
		cmocka_unit_test(arm64),
		cmocka_unit_test(gic),
		cmocka_unit_test(every_reason_was_seen),
	};

	return cmocka_run_group_tests_name("config/rules_memory", tests, NULL, NULL);
}
