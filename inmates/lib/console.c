// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Where text goes: the UART the communication page or the command line names, and the hypervisor's
 * virtual console when that is active or con-virtual says so.
 */
#include <inmate.h>

static const struct console_row *active;
static bool virtual_console;

/* The command line overrides the page, value by value. */
static struct jailhouse_console read_settings(char *name, unsigned long size)
{
	struct jailhouse_console console = comm_region->console;
	unsigned int flags = console.flags;

	cmdline_parse_str("con-type", name, size, "");
	console.address = (u64)cmdline_parse_int("con-base", (long long)console.address);
	console.divider = (u32)cmdline_parse_int("con-divider", console.divider);
	console.clock_reg = (u64)cmdline_parse_int("con-clock-reg", (long long)console.clock_reg);
	console.gate_nr = (u32)cmdline_parse_int("con-gate-nr", console.gate_nr);
	flags &= ~(unsigned int)(JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4 |
				 JAILHOUSE_CON_INVERTED_GATE);
	if (cmdline_parse_bool("con-is-mmio", !UART_HAS_PORTS || CON_IS_MMIO(console.flags)))
		flags |= JAILHOUSE_CON_ACCESS_MMIO;
	if (!cmdline_parse_bool("con-regdist-1", CON_USES_REGDIST_1(console.flags)))
		flags |= JAILHOUSE_CON_REGDIST_4;
	if (cmdline_parse_bool("con-gate-inverted", CON_HAS_INVERTED_GATE(console.flags)))
		flags |= JAILHOUSE_CON_INVERTED_GATE;
	console.flags = (u16)flags;
	return console;
}

static void start_clock(const struct jailhouse_console *console)
{
	void *gate = (void *)console->clock_reg;
	u32 bit = 1U << (console->gate_nr & 31), value;

	if (!gate)
		return;
	map_range(gate, sizeof(value), MAP_UNCACHED);
	value = mmio_read32(gate) & ~bit;
	if (!CON_HAS_INVERTED_GATE(console->flags))
		value |= bit;
	mmio_write32(gate, value);
}

void console_init(void)
{
	char name[16];
	struct jailhouse_console console = read_settings(name, sizeof(name));
	const struct console_row *row;

	for (row = consoles; row->name; row++)
		if (*name ? !strcmp(name, row->name) : row->type == console.type)
			break;
	virtual_console = JAILHOUSE_COMM_HAS_DBG_PUTC_PERMITTED(comm_region->flags) &&
		cmdline_parse_bool("con-virtual",
				   JAILHOUSE_COMM_HAS_DBG_PUTC_ACTIVE(comm_region->flags));
	if (!row->name || !row->write || !console.address)
		return;
	console.type = row->type;
	start_clock(&console);
	row->init(&console);
	active = row;
}

void console_write(char c)
{
	if (active) {
		if (c == '\n')
			active->write('\r');
		active->write(c);
	}
	if (virtual_console)
		jailhouse_call_arg1(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, (unsigned char)c);
}
