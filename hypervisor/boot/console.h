/* SPDX-License-Identifier: GPL-2.0 */
/* The hypervisor's own words: to the debug console of the config and to the page Linux reads. */
#ifndef BOOT_CONSOLE_H
#define BOOT_CONSOLE_H

#include <jailhouse/console.h>
#include <jailhouse/types.h>

struct jailhouse_console;

void console_init(const struct jailhouse_console *config);
/* Take a lock of what is only text; false: its holder has kept it too long. */
bool console_lock(volatile u32 *lock);
/* Characters of one message stay together. */
void console_write(const char *text, unsigned length);
void console_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
