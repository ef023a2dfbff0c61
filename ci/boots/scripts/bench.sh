# SPDX-License-Identifier: GPL-2.0
# What requests cost and how much memory is in use. ci/bench reads the lines "FIGURE name value".
. /tests/machine.sh

figure() {
	echo "<2>FIGURE $*" >/dev/kmsg
}

# timed NAME ARGS...: the request must succeed; its time becomes the figure NAME.
timed() {
	timed-ioctl "$@" >/tmp/time && figure "$1" "$(cat /tmp/time)"
}

# pages NAME: pool pages in use now; it must be a number above 0.
pages() {
	_pages=$(cat /sys/devices/jailhouse/mem_pool_used)
	[ "$_pages" -gt 0 ] && figure "$1" "$_pages"
}

bench_is_done() {
	has "shut down" jailhouse cell list
}

modprobe jailhouse
ok reserve jailhouse memory reserve 128M@0x100000000
ok enable timed enable $SYSTEM
ok pages-root pages pages_root
ok create timed create /configs/bench.cell
ok pages-cell pages pages_cell
ok load jailhouse cell load bench /inmates/bench.bin
ok start jailhouse cell start bench
ok inmate within 5 bench_is_done
ok destroy timed destroy bench
ok disable timed disable
