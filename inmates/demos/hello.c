// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The smallest inmate: says where it runs and is done. name=TEXT changes whom it greets. */
#include <inmate.h>

void inmate_main(void)
{
	char name[64];

	cmdline_parse_str("name", name, sizeof(name), "world");
	printk("hello: hello %s, from CPU %u of %u in this cell\n", name, cpu_id(),
	       cell_num_cpus());
	comm_finish();
}
