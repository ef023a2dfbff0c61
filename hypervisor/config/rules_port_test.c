// SPDX-License-Identifier: GPL-2.0
/* Rules about consoles and ports: last valid, first invalid. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <host/config_assert.h>

#define ROOT m.root
#define ONE m.cell[0]
#define TWO m.cell[1]

#define DEBUG m.system.debug_console
#define CONSOLE ONE.desc.console

static void consoles(void **state)
{
	(void)state;
	ACCEPTS(DEBUG.type = JAILHOUSE_CON_TYPE_NONE; DEBUG.address = ~0ULL);
	REFUSES(STATUS_CONSOLE_TYPE, DEBUG.type = JAILHOUSE_CON_TYPE_PL011);
	REFUSES(STATUS_CONSOLE_TYPE, CONSOLE.type = JAILHOUSE_CON_TYPE_PL011);
	ACCEPTS(CONSOLE.type = JAILHOUSE_CON_TYPE_8250; CONSOLE.address = 0x3e8);
	ACCEPTS(CONSOLE.flags = JAILHOUSE_CON_MDR_QUIRK);
	REFUSES(STATUS_CONSOLE_FLAGS, CONSOLE.flags = 0x8);
	REFUSES(STATUS_CONSOLE_FLAGS, DEBUG.flags = 0x4000);
	ACCEPTS(DEBUG.address = 0xfff8);
	REFUSES(STATUS_CONSOLE_PORT, DEBUG.address = 0xfff9);
	REFUSES(STATUS_CONSOLE_PORT, DEBUG.address = ~0ULL);
	ACCEPTS(DEBUG.address = 0xcf0);
	REFUSES(STATUS_CONSOLE_PORT, DEBUG.address = 0xcf1);
	ACCEPTS(DEBUG.flags = 1; DEBUG.address = 0xfe000000; DEBUG.size = 1);
	REFUSES(STATUS_CONSOLE_MMIO, DEBUG.flags = 1; DEBUG.address = 0xfe000000);
	REFUSES(STATUS_CONSOLE_MMIO, DEBUG.flags = 1; DEBUG.address = ~0ULL; DEBUG.size = 2);
	ACCEPTS(m.phys_bits = 40; DEBUG.flags = 1; DEBUG.address = (1ULL << 40) - 0x1000; DEBUG.size = 0x1000);
	REFUSES(STATUS_CONSOLE_MMIO, m.phys_bits = 40; DEBUG.flags = 1; DEBUG.address = 1ULL << 40; DEBUG.size = 0x1000);
	REFUSES(STATUS_IN_ECAM, DEBUG.flags = 1; DEBUG.address = 0xb0000000; DEBUG.size = 1);
	ACCEPTS(CONSOLE.type = 2; CONSOLE.flags = 1; CONSOLE.address = 0xfe000000);
	REFUSES(STATUS_CONSOLE_MMIO, CONSOLE.type = 2; CONSOLE.flags = 1;
		CONSOLE.address = 1ULL << 52);
	ARM64_ACCEPTS(CONSOLE = DEBUG; CONSOLE.type = JAILHOUSE_CON_TYPE_SCIF);
	ARM64_REFUSES(STATUS_CONSOLE_TYPE, CONSOLE = DEBUG; CONSOLE.type = JAILHOUSE_CON_TYPE_SCIF + 1);
	ARM64_REFUSES(STATUS_CONSOLE_TYPE, CONSOLE = DEBUG; CONSOLE.type = 0x10);
	ARM64_REFUSES(STATUS_CONSOLE_TYPE, DEBUG.type = JAILHOUSE_CON_TYPE_EFIFB);
	ARM64_REFUSES(STATUS_CONSOLE_ACCESS, DEBUG.flags = JAILHOUSE_CON_REGDIST_4);
	ARM64_REFUSES(STATUS_IN_GIC, DEBUG.address = 0x8000000);
}

static void clock_gates(void **state)
{
	(void)state;
	ACCEPTS(DEBUG.clock_reg = 0; DEBUG.gate_nr = ~0U; CONSOLE.gate_nr = ~0U);
	ACCEPTS(DEBUG.clock_reg = 0xfe000000; DEBUG.gate_nr = 31);
	ACCEPTS(DEBUG.clock_reg = 0xfe000000; DEBUG.flags |= JAILHOUSE_CON_INVERTED_GATE);
	REFUSES(STATUS_CONSOLE_GATE, DEBUG.clock_reg = 0xfe000000; DEBUG.gate_nr = 32);
	REFUSES(STATUS_CONSOLE_GATE, DEBUG.clock_reg = 0xfe000002);
	REFUSES(STATUS_CONSOLE_GATE, DEBUG.type = JAILHOUSE_CON_TYPE_NONE; DEBUG.clock_reg = ~3ULL);
	ACCEPTS(DEBUG.clock_reg = (1ULL << 52) - 4);
	REFUSES(STATUS_CONSOLE_GATE, DEBUG.clock_reg = 1ULL << 52);
	REFUSES(STATUS_IN_ECAM, DEBUG.clock_reg = 0xb0000000);
	ACCEPTS(CONSOLE.clock_reg = 0xb0000000; CONSOLE.gate_nr = 31);
	REFUSES(STATUS_CONSOLE_GATE, CONSOLE.clock_reg = 0xb0000000; CONSOLE.gate_nr = 32);
	ARM64_REFUSES(STATUS_IN_GIC, DEBUG.clock_reg = 0x8000000);
}

#define PORTS(cell, first, count) ((cell).pio[0] = (struct jailhouse_pio){ first, count })

static void ports(void **state)
{
	(void)state;
	ACCEPTS(PORTS(ONE, 0, 0));
	REFUSES(STATUS_PIO_EMPTY, PORTS(ONE, 0x3f8, 0));
	ACCEPTS(PORTS(ONE, 0xffff, 1));
	REFUSES(STATUS_PIO_WRAP, PORTS(ONE, 0xffff, 2));
	REFUSES(STATUS_PIO_WRAP, PORTS(ONE, 1, 0xffff); PORTS(TWO, 0, 0); ONE.pio[0].base = 2);
	ACCEPTS(PORTS(ROOT, 0xcf0, 8));
	REFUSES(STATUS_PIO_CONFIG, PORTS(ROOT, 0xcf0, 9));
	ACCEPTS(PORTS(ROOT, 0xcf9, 3));
	REFUSES(STATUS_PIO_CONFIG, PORTS(ROOT, 0xcf9, 4));
	ACCEPTS(PORTS(ROOT, 0xd00, 8));
	REFUSES(STATUS_PIO_CONFIG, PORTS(ROOT, 0xcff, 8));
	/* Cell two has 0x2e8 to 0x2ef. */
	ACCEPTS(PORTS(ONE, 0x2e0, 8));
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2e0, 9));
	ACCEPTS(PORTS(ONE, 0x2f0, 1));
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2ef, 1));
	ACCEPTS(PORTS(ONE, 0x3f8, 8));
	ARM64_REFUSES(STATUS_PIO_NONE, ONE.desc.num_pio_regions = 1);
}

static void shared_ports_are_said_by_both(void **state)
{
	(void)state;
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2e8, 8);
		ONE.unprotected |= JAILHOUSE_UNPROTECTED_PIO);
	REFUSES(STATUS_PIO_FOREIGN, PORTS(ONE, 0x2e8, 8);
		TWO.unprotected |= JAILHOUSE_UNPROTECTED_PIO);
	ACCEPTS(PORTS(ONE, 0x2e8, 8); ONE.unprotected |= JAILHOUSE_UNPROTECTED_PIO;
		TWO.unprotected |= JAILHOUSE_UNPROTECTED_PIO);
	ACCEPTS(PORTS(ONE, 0x2e8, 8); m.allow_unprotected = JAILHOUSE_UNPROTECTED_PIO);
}

static void every_reason_was_seen(void **state)
{
	(void)state;
	assert_all_seen(STATUS_CONSOLE_TYPE, STATUS_PIO_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(consoles),
		cmocka_unit_test(clock_gates),
		cmocka_unit_test(ports),
		cmocka_unit_test(shared_ports_are_said_by_both),
		cmocka_unit_test(every_reason_was_seen),
	};

	return cmocka_run_group_tests_name("config/rules_port", tests, NULL, NULL);
}
