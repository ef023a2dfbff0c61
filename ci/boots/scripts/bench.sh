# SPDX-License-Identifier: GPL-2.0
# What requests cost and how much memory is in use. ci/bench reads the lines "FIGURE name value"; a name
# that comes several times is the same thing done again.
. /tests/machine.sh
. /tests/bench-words.sh

# timed NAME ARGS...: the request must succeed; its time becomes a figure of that name.
timed() {
	timed-ioctl "$@" >/tmp/time && figure "$1" "$(cat /tmp/time)"
}

# pages NAME: pool pages in use now; it must be a number above 0.
pages() {
	_pages=$(cat /sys/devices/jailhouse/mem_pool_used)
	[ "$_pages" -gt 0 ] && figure "$1" "$_pages"
}

inmate_is_done() {
	has "shut down" jailhouse cell list
}

run_inmate() {
	jailhouse cell load bench /inmates/bench.bin && jailhouse cell start bench &&
	within 5 inmate_is_done
}

modprobe jailhouse
ok reserve $RESERVE
for _round in 1 2 3 4 5; do
	ok idle within 10 linux_is_idle
	ok enable timed enable $SYSTEM
	ok pages-root pages pages_root
	ok create timed create /configs/bench.cell
	ok pages-cell pages pages_cell
	[ $_round != 1 ] || ok inmate run_inmate
	ok destroy timed destroy bench
	ok disable timed disable
done
