# SPDX-License-Identifier: GPL-2.0
# Words of what is measured for ci/bench, which reads the lines "FIGURE name value".
[ ! -e /configs/$ROOT-bench.cell ] || SYSTEM=/configs/$ROOT-bench.cell

figure() {
	echo "<2>FIGURE $*" >/dev/kmsg
}

busy_ticks() {
	awk '$1 == "cpu" { print $2 + $3 + $4 + $7 + $8 }' /proc/stat
}

# All CPUs share one stream of instructions, so what another one does meanwhile would be counted too;
# for half a second after boot that is Linux testing its ciphers.
linux_is_idle() {
	_ticks=$(busy_ticks)
	sleep 1
	[ $(($(busy_ticks) - _ticks)) -le 1 ]
}
