# SPDX-License-Identifier: GPL-2.0
# The machine itself, without Cellblock: its shape, and that Linux can do without the DIMM's memory.
. /tests/machine.sh

block=/sys/devices/system/memory/memory32	# 0x100000000 / 128 MiB
policy=$(cat /sys/devices/system/memory/auto_online_blocks)
echo "policy $policy, state $(cat $block/state), zones $(cat $block/valid_zones)"
dmesg | grep -iE 'x2apic|dmar|amd-vi|iommu' | head

mem_kib() {
	sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo
}

# The DIMM is added by ACPI while Linux boots; whether it is used at once is the kernel's policy.
dimm_state_follows_policy() {
	[ "$(cat $block/state)" = "$policy" ]
}

shape() {
	has '100000000-107ffffff : System RAM' cat /proc/iomem &&
	has '108000000-127ffffff : System RAM' cat /proc/iomem &&
	[ "$(nproc)" = 4 ] &&
	[ "$(cat /sys/devices/system/memory/block_size_bytes)" = 8000000 ] &&
	[ "$(cat /sys/bus/pci/devices/0000:00:04.0/device)" = 0x11e8 ] &&	# edu
	has svm grep -m1 flags /proc/cpuinfo
}

# Offline and online again change MemTotal by the size of the DIMM.
dimm_leaves() {
	[ "$(cat $block/state)" = online ] || echo online_movable >$block/state || return 1
	_before=$(mem_kib)
	echo offline >$block/state && [ $((_before - $(mem_kib))) = 131072 ]
}

dimm_returns() {
	_before=$(mem_kib)
	echo online_movable >$block/state && [ $(($(mem_kib) - _before)) = 131072 ]
}

ok dimm-follows-policy dimm_state_follows_policy
ok machine-shape shape
ok dimm-offline dimm_leaves
ok dimm-online dimm_returns
ok disk disk_keeps_data
if dmesg | grep -q 'Switched APIC routing to: cluster x2apic'; then
	fact ok x2apic
fi
