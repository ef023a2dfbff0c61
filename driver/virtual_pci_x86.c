// SPDX-License-Identifier: GPL-2.0
/* On x86 virtual devices sit on buses that are there; a bridge of their own is not offered. */
#include <linux/errno.h>

#include "refusal.h"
#include "virtual_pci.h"

int virtual_pci_add(const struct system_view *unused)
{
	return refuse(-EOPNOTSUPP, "system config, pci_is_virtual: there is no virtual host bridge on x86, so the virtual devices do not appear; mend the config");
}

void virtual_pci_remove(void)
{
}
