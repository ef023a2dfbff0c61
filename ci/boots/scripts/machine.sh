# SPDX-License-Identifier: GPL-2.0
# Which system config describes this machine, and words that the tests of cells share. What differs is in
# machine-ARCH.sh: ROOT; whether a unit confines devices and names them; RESERVE and RELEASE (commands);
# addresses; EDU as denials name it, EDU_WORDS for an inmate that drives it, INTERRUPT how it interrupts; TALK for an inmate that shall be
# seen to go on; timer_interrupts.
. /tests/machine-$(uname -m).sh
SYSTEM=/configs/$ROOT.cell
SYSFS=/sys/devices/jailhouse

# Pages the hypervisor has taken from its pool.
pool_used() {
	cat $SYSFS/mem_pool_used
}

# cell_file NAME FILE: prints a file of the cell's directory.
cell_file() {
	for _dir in $SYSFS/cells/*; do
		[ "$(cat $_dir/name)" = "$1" ] && cat $_dir/$2 && return
	done
	echo "no cell $1"
	return 1
}

# new_cell CONFIG INMATE [WORDS]: from nothing to started; WORDS is the inmate's command line.
new_cell() {
	jailhouse cell create /configs/$1.cell && run_cell "$@"
}

# run_cell CELL INMATE [WORDS]: loaded and started, whatever it did before.
run_cell() {
	jailhouse cell load $1 /inmates/$2.bin -s "$3" -a 0x1000 && jailhouse cell start $1
}

end_cell() {
	jailhouse cell shutdown $1 && jailhouse cell destroy $1
}

# ended SECONDS CELL: its inmate says that it is done.
ended() {
	within $1 is "shut down" cell_file $2 state
}

# A cell that works leaves its CPU again and again.
cell_goes_on() {
	_exits=$(cell_file $1 statistics/vmexits_total) || return 1
	within 5 cell_exits_above $1 $_exits
}
cell_exits_above() {
	[ "$(cell_file $1 statistics/vmexits_total)" -gt $2 ]
}

# Root's disk, timer and other CPUs answer.
root_works() {
	_cpus=$(nproc)
	_before=$(timer_interrupts)
	for _cpu in $(seq 0 3); do
		[ "$(cat /sys/devices/system/cpu/cpu$_cpu/online 2>/dev/null)" = 0 ] && continue
		taskset $((1 << _cpu)) true || return 1
	done
	within 5 timer_above "$_before"
}
timer_above() {
	[ "$(timer_interrupts)" -gt "$1" ]
}

# What is written to the disk is read from it.
disk_keeps_data() {
	modprobe nvme && within 5 test -b /dev/nvme0n1 &&
	dd if=/dev/urandom of=/tmp/data bs=64k count=16 &&
	dd if=/tmp/data of=/dev/nvme0n1 bs=64k && sync && echo 3 >/proc/sys/vm/drop_caches &&
	dd if=/dev/nvme0n1 of=/tmp/back bs=64k count=16 && cmp /tmp/data /tmp/back
}
