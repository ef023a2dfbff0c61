// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Starts a Linux kernel that lies in the cell's memory: kernel=ADDRESS of its image, dtb=ADDRESS of its device
 * tree. It runs at any multiple of 4 KiB, and says nothing unless something is missing.
 */
#include <inmate.h>

void start_linux(void);
void __attribute__((noreturn)) enter_linux(u64 kernel, u64 dtb);

/*
 * Runs before the library, without translation: what it calls must find all by the program counter.
 * Comes back only when a word is missing.
 */
void start_linux(void)
{
	u64 kernel = (u64)cmdline_parse_int("kernel", 0);
	u64 dtb = (u64)cmdline_parse_int("dtb", 0);

	if (kernel && dtb)
		enter_linux(kernel, dtb);
}

void inmate_main(void)
{
	printk("linux-loader: kernel= or dtb= is missing\n");
	comm_finish();
}
