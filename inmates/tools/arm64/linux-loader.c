// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * Starts a Linux kernel that lies in the cell's memory: kernel=ADDRESS of its image, dtb=ADDRESS of its device
 * tree. The kernel is entered as its boot protocol wants it (Documentation/arch/arm64/booting.rst): MMU off,
 * caches clean, x0 = device tree. It says nothing unless something is missing.
 */
#include <inmate.h>

void inmate_main(void)
{
	u64 kernel = (u64)cmdline_parse_int("kernel", 0);
	u64 dtb = (u64)cmdline_parse_int("dtb", 0);

	if (!kernel || !dtb) {
		printk("linux-loader: kernel= or dtb= is missing\n");
		comm_finish();
	}
	leave_to(kernel, dtb);
}
