/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For the assembly of each architecture: struct jailhouse_header, first in the image, and the pages the
 * driver and root Linux share with it. Included behind the definition of CPU_AREA.
 */
#ifndef ARCH_IMAGE_H
#define ARCH_IMAGE_H

#define IMAGE_TRANSITION_PAGES	24	/* CELLBLOCK_TRANSITION_PAGES */

	.macro	image_header
	.section .header, "a"
	.ascii	"JAILHOUS"
	.quad	image_core_size		/* core_size */
	.quad	CPU_AREA		/* percpu_size */
	.quad	image_entry_offset	/* entry */
	.quad	image_console_offset
	.quad	0			/* gcov_info_head */
	.long	0, 0			/* max_cpus, online_cpus: driver */
	.quad	0, 0			/* debug_console_base, arm vectors */
	.long	0, 0
	.quad	image_report_offset
	.quad	image_transition_offset
	.quad	0			/* transition_root: driver */
	.long	0, 0			/* flags, config_size: driver */
	.quad	0, 0			/* hypervisor_phys, hypervisor_size: driver */
	.quad	image_file_size
	.endm

	.macro	image_pages
	.section .pages, "aw", %nobits
	.balign 4096
	.globl	console_page, report_page, transition_area
console_page:
	.skip	4096
report_page:
	.skip	4096
transition_area:
	.skip	IMAGE_TRANSITION_PAGES * 4096
	.endm

#endif
