# SPDX-License-Identifier: GPL-2.0
# A cell tries what it must not do, again and again. Its CPU is parked and the report says for what, or
# nothing comes of it; the cell beside it and root go on; the next attempt starts from a fresh load. In
# faults-ARCH.sh: what is where (in the words of a denial), machine_faults, and device_faults for the
# cell "pci".
. /tests/machine.sh
. /tests/faults-$(uname -m).sh

# What the hypervisor has said since the cell was loaded last.
report() {
	jailhouse console | awk '/Cell "faults" can be loaded/ { text = "" } { text = text $0 "\n" } END { printf "%s", text }'
}
reported() {
	report | grep -qE "$1" || { report; echo "no line has: $1"; return 1; }
}

# Let the cell try WORDS; STATE is what it must have become, TEXT what must be reported.
attempt() {
	_state=$1 _text=$2
	shift 2
	run_cell faults faults "$*" || return 1
	[ "$_state" != running ] || sleep 0.5
	within 10 is "$_state" cell_file faults state &&
	{ [ -z "$_text" ] || within 5 reported "$_text"; } &&
	cell_goes_on hello2
}
parked() {
	_fact=$1 _why=$2
	shift 2
	ok $_fact attempt failed "$_why" "$@"
	ok $_fact-parked is 3 cell_file faults cpus_failed_list
}
survives() {
	_fact=$1 _why=$2
	shift 2
	ok $_fact attempt running "$_why" "$@"
}
# The cell goes on behind all of them, and ends by itself.
survives_all() {
	_fact=$1 _why=$2
	shift 2
	ok $_fact attempt "shut down" "$_why" "$@" end
}

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok alive new_cell hello2 alive "$TALK print-every=5"
ok create jailhouse cell create /configs/faults.cell

who='cell "faults" CPU 3:'
parked read-hypervisor "$who read $hypervisor;.* phys_start: that one belongs to the hypervisor" memory-read
parked write-hypervisor "$who write $hypervisor" memory-write
parked execute-hypervisor "$who execution $hypervisor" memory-execute
parked read-root "$who read $root;.* to allow: \{ .phys_start = $root," memory-read address=$root
parked write-cell "$who write $neighbour;.* phys_start: that one belongs to hello2" memory-write address=$neighbour
parked read-unit "$who read $unit" memory-read address=$unit
parked write-device "$who write $device" memory-write address=$device
parked pci-bar "$who.*PCI config write 00:04.0 register 0x10" pci-bar
parked pci-foreign "$who.*(write of port 0xcfc|00:04.0)" pci-foreign
survives hypercall-unknown "" hypercall-unknown
survives hypercall-root "" hypercall-root
machine_faults

ok root-works root_works
ok destroy jailhouse cell destroy faults
ok again new_cell faults hello name=again
ok again-ended ended 10 faults
ok again-destroy jailhouse cell destroy faults

device_faults
ok bar-end jailhouse cell destroy pci
ok bar-in-place edu-attack read $ROOT_RAM

ok alive-end end_cell hello2
ok cpus-back is 0-3 cat /sys/devices/system/cpu/online
ok disable jailhouse disable
ok release $RELEASE
