# SPDX-License-Identifier: GPL-2.0
# Somebody else owns EL2 or the IOMMU: enable is refused and names the kernel parameters that help. With
# them all, the config for another machine is refused.
. /tests/machine.sh

# Everything a command line can lack, the first first.
lacks() {
	! grep -qw -- "$1" /proc/cmdline
}
if dmesg | grep 'CPU(s) started at EL1'; then
	text='there is no EL2, so nothing can be put above Linux; use a machine with EL2'
elif lacks kvm-arm.mode=none && ! lacks id_aa64mmfr1.vh=0; then
	text='EL2 belongs to KVM, or to another hypervisor, on 4 CPUs; boot with kvm-arm.mode=none id_aa64mmfr1.vh=0'
elif lacks kvm-arm.mode=none; then
	text='EL2 belongs to KVM, or to another hypervisor, on 4 CPUs; boot with kvm-arm.mode=none'
elif dmesg | grep 'Virtualization Host Extensions'; then
	text='this Linux runs at EL2 itself (VHE); boot with kvm-arm.mode=none id_aa64mmfr1.vh=0'
elif [ ! -e /proc/device-tree ]; then
	text='uses the unit at 0x9050000; boot with an ACPI table IORT that lacks it'
elif lacks initcall_blacklist=arm_smmu_driver_init; then
	text='boot with initcall_blacklist=arm_smmu_driver_init fw_devlink=off deferred_probe_timeout=0'
else
	text='the config is for GICv2, this machine has a GICv3'
	SYSTEM=/configs/qemu-virt-gic2.cell
fi

ok driver-loads modprobe jailhouse
refused refused "$text" jailhouse enable $SYSTEM
refused refused-again "$text" jailhouse enable $SYSTEM
ok not-enabled is 0 cat $SYSFS/enabled
ok root-works root_works
ok unload rmmod jailhouse
