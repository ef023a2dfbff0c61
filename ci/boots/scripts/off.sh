# SPDX-License-Identifier: GPL-2.0
# A cell switches itself off, while its other CPU wants the one back that does so: it has ended for good.
. /tests/machine.sh
TRIES=12

stays_off() {
	for _try in $(seq $TRIES); do
		run_cell smp faults system-off-beside && within 10 is "shut down" cell_file smp state || return 1
		sleep 0.2
		is "" cell_file smp cpus_failed_list || return 1
	done
}

switched_off() {
	jailhouse console | grep -c 'Cell "smp" has switched itself off'
}

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok create jailhouse cell create /configs/smp.cell
ok stays-off stays_off
ok ended-each-time is $TRIES switched_off
ok root-works root_works
ok destroy jailhouse cell destroy smp
ok disable jailhouse disable
ok release $RELEASE
