/* SPDX-License-Identifier: GPL-2.0 */
#include <arch/arch.h>
#include <base/print.h>
#include <boot/console.h>
#include <dev/uart/uart.h>
#include <jailhouse/header.h>
#include <port/core.h>

#define LINE_MAX	256
#define LOCK_BUDGET	1000000U

extern char console_page[];

static struct uart uart;
static bool uart_ready;

void console_init(const struct jailhouse_console *config)
{
	volatile u8 *registers = NULL;

	if (CON_IS_MMIO(config->flags) && config->type != JAILHOUSE_CON_TYPE_NONE)
		registers = arch_map_device(config->address, config->size);
	uart_ready = uart_open(&uart, config, registers) == OK;
}

/* Ring that root Linux may read: busy frames the update, tail runs freely. */
static void ring_write(const char *text, unsigned length)
{
	struct jailhouse_virt_console *ring = (struct jailhouse_virt_console *)console_page;

	ring->busy = 1;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	for (unsigned i = 0; i < length; i++)
		ring->content[ring->tail++ % sizeof(ring->content)] = text[i];
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	ring->busy = 0;
}

bool console_lock(volatile u32 *lock)
{
	for (u32 budget = LOCK_BUDGET; budget; budget--) {
		if (!__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE))
			return true;
		arch_relax();
	}
	return false;
}

void console_write(const char *text, unsigned length)
{
	console_lock(&machine.console_lock);	/* a holder that panicked silences nobody */
	ring_write(text, length);
	for (unsigned i = 0; uart_ready && i < length; i++)
		uart_putc(&uart, text[i]);
	cpu_unlock(&machine.console_lock);
}

static void write_line(const char *format, va_list_t args)
{
	char line[LINE_MAX];
	unsigned length = print_to_v(line, sizeof(line) - 1, format, args);

	line[length++] = '\n';
	console_write(line, length);
}

void console_line(const char *format, ...)
{
	va_list_t args;

	__builtin_va_start(args, format);
	write_line(format, args);
	__builtin_va_end(args);
}

void core_log(const char *format, ...)
{
	va_list_t args;

	__builtin_va_start(args, format);
	write_line(format, args);
	__builtin_va_end(args);
}

void core_panic(const char *format, ...)
{
	va_list_t args;

	if (machine.panicked)
		uart_ready = false;	/* it may be why */
	machine.panicked = 1;
	console_line("PANIC: the hypervisor stops this CPU");
	__builtin_va_start(args, format);
	write_line(format, args);
	__builtin_va_end(args);
	for (;;)
		arch_relax();
}
