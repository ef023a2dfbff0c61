# SPDX-License-Identifier: GPL-2.0
# Both ways in which a cell is interrupted, beside each other and one after the other on the same CPU: by the
# hypervisor, or straight, when its config says so; root, too.
. /tests/machine.sh

# virqs CELL: interrupts that the hypervisor has passed on to it.
virqs() {
	cell_file $1 statistics/vmexits_virt_irq
}
virqs_above() {
	[ "$(virqs $1)" -gt $2 ]
}

# A timer cell lives, is interrupted in this way (passed, straight), and goes.
timer_cell() {
	new_cell $1 timer "print-every=2 $TALK" && cell_goes_on $1 || return 1
	case $2 in
	passed) within 5 virqs_above $1 5 ;;
	straight) is 0 virqs $1 ;;
	esac && cell_goes_on $1 && end_cell $1
}

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok root-passed within 5 virqs_above $ROOT 5
ok passed timer_cell timer passed
ok straight timer_cell direct straight
ok passed-again timer_cell timer passed
ok straight-lives new_cell direct timer "print-every=2 $TALK"
ok passed-beside new_cell hello2 alive "print-every=5 $TALK"
ok list has 'cell "direct" takes its interrupts itself' jailhouse cell list
ok log has 'cell "direct" is unprotected: it can refuse to be interrupted' dmesg
ok both-go-on cell_goes_on direct
ok both-go-on-2 cell_goes_on hello2
ok root-works root_works
ok passed-gone end_cell hello2
ok straight-gone end_cell direct
ok cpus-back is 0-3 cat /sys/devices/system/cpu/online
ok disk disk_keeps_data

# It marks the highest priority as active. What is passed on to it has nothing to do with the kick; one that is
# interrupted directly cannot be stopped meanwhile, and is none the worse later.
ok hold-off new_cell timer faults "hold-off value=60000 $TALK"
sleep 1
ok hold-off-gone jailhouse cell destroy timer
ok hold-off-straight new_cell direct faults "hold-off value=15000 $TALK"
sleep 1
refused hold-off-silent "did not stop in time" jailhouse cell destroy direct
ok hold-off-straight-gone within 30 jailhouse cell destroy direct
ok root-goes-on root_works
ok disable jailhouse disable

ok enable-straight jailhouse enable /configs/$ROOT-bench.cell
ok root-works-straight root_works
ok root-straight is 0 virqs $ROOT
ok disk-straight disk_keeps_data
ok passed-under-straight timer_cell timer passed
ok straight-under-straight timer_cell direct straight
ok cpus-back-straight is 0-3 cat /sys/devices/system/cpu/online
ok still-straight is 0 virqs $ROOT
ok disable-straight jailhouse disable
ok disk-after disk_keeps_data
ok release $RELEASE
