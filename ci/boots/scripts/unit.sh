# SPDX-License-Identifier: GPL-2.0
# Linux uses the IOMMU itself: enable is refused and names the kernel parameter that helps.
. /tests/machine.sh

case "$ROOT $(cat /proc/cmdline)" in
*intel_iommu=off*) parameter=intremap=off ;;	# x2APIC: only interrupts go through the unit
qemu-q35-vtd*) parameter=intel_iommu=off ;;
*) parameter=amd_iommu=off ;;
esac

modprobe jailhouse
ok reserve $RESERVE
refused refused "$parameter" jailhouse enable $SYSTEM
refused refused-again "rule unit-off" jailhouse enable $SYSTEM
ok root-works root_works
ok not-enabled is 0 cat $SYSFS/enabled
ok release $RELEASE
ok unload rmmod jailhouse
