# SPDX-License-Identifier: GPL-2.0
# A CPU changes hands, and its new owner looks for what the last one has left: from root to a cell, from
# a cell that fills all it can reach to itself, to root and to another cell.
. /tests/machine.sh

# The cell looks at its CPU's state, fills it, and stops the CPU: nobody but its console tells when.
dirty() {
	run_cell hello selftest "library=off dirty" && sleep 2
}

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok create jailhouse cell create /configs/hello.cell
ok from-root dirty
ok from-itself dirty
ok destroy jailhouse cell destroy hello
ok root-works root_works
ok create-again jailhouse cell create /configs/hello.cell
ok from-cell run_cell hello selftest library=off
ok ended ended 10 hello
ok destroy-again jailhouse cell destroy hello
ok disable jailhouse disable
ok release $RELEASE
