# SPDX-License-Identifier: GPL-2.0
# Redistributors of a GICv4 are twice as large: a config has all of them in mind, or is refused.
. /tests/machine.sh

modprobe jailhouse
refused too-narrow "are those of a GICv4" jailhouse enable /configs/qemu-virt.cell
ok not-enabled is 0 cat $SYSFS/enabled
. /tests/cells.sh
