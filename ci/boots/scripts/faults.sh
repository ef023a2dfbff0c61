# SPDX-License-Identifier: GPL-2.0
# A cell tries what it must not do, again and again. Its CPU is parked and the report says for what; the
# cell beside it and root go on; the next attempt starts from a fresh load.
. /tests/machine.sh

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
	[ $_state = failed ] || sleep 0.5
	within 5 is $_state cell_file faults state &&
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

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok alive new_cell hello2 alive
ok create jailhouse cell create /configs/faults.cell

who='cell "faults" CPU 3:'
parked triple-fault 'exit 7f|triple fault' triple-fault
parked cr4 'exit ffffffffffffffff|invalid' cr4

parked read-hypervisor "$who read 0x100000000" memory-read
parked write-hypervisor "$who write 0x100000000" memory-write
parked execute-hypervisor "$who execution 0x100000000" memory-execute
parked strings-hypervisor "$who read 0x100000000" memory-strings
parked read-root "$who read 0x1000000" memory-read address=0x1000000
parked write-cell "$who write 0x100900000" memory-write address=0x100900000
parked read-unit "$who read 0xfed90000" memory-read address=0xfed90000
parked write-device "$who write 0xfea00000" memory-write address=0xfea00000

parked port-read "$who read of port 0x70" port-read
parked port-write "$who write of port 0x70" port-write
parked port-string "$who write of port 0x70" port-string
parked port-reset "$who write of port 0xcf9" port-write port=0xcf9 value=6
parked msr-read "$who read of MSR 0xc0010117" msr-read
parked msr-write "$who write of MSR 0xc0010117" msr-write
parked apic-base "$who write of MSR 0x1b" apic-base

parked pci-bar "$who.*PCI config write 00:04.0 register 0x10" pci-bar
parked pci-foreign "$who.*(write of port 0xcfc|00:04.0)" pci-foreign
parked pci-crossing "$who.*(write of port 0xcfe|PCI)" pci-crossing

parked init-self "$who write of MSR 0x830" init-self
parked smi "$who write of MSR 0x830" smi
survives ipi-foreign "$who IPI to APIC 0x0" ipi-foreign
survives init-foreign "$who IPI to APIC 0x0" init-foreign
survives hypercall-unknown "" hypercall-unknown
survives hypercall-root "" hypercall-root

# Exceptions are the cell's own affair: its handler prints them and stops.
survives ud2 "" ud2
survives vmrun "" vmrun
survives xsetbv "" xsetbv

ok root-works root_works
ok destroy jailhouse cell destroy faults
ok again new_cell faults hello name=again
ok again-ended ended 10 faults
ok again-destroy jailhouse cell destroy faults

# A cell may write the BARs of its own device, to learn their sizes: the device does not move.
ok bar new_cell pci faults "pci-bar value=0xf0000000"
ok bar-goes-on cell_goes_on hello2
ok bar-runs is running cell_file pci state
ok bar-end end_cell pci
ok bar-in-place edu-attack read 0x101000000

ok alive-end end_cell hello2
ok cpus-back is 0-3 cat /sys/devices/system/cpu/online
ok disable jailhouse disable
ok release $RELEASE
