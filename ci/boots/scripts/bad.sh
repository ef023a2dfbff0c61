# SPDX-License-Identifier: GPL-2.0
# Bad input: each is refused with a sentence, nothing is half done, and the system is as usable as before.
# In bad-ARCH.sh: FIRMWARE; OTHER, the number of another architecture; MORE_CUTS of the system config; where
# patches of the cells' regions go; what is bad before enable, of a cell, and of one beside another; and who
# may have CPU 0, which /tmp/bad wants.
. /tests/machine.sh
. /tests/bad-$(uname -m).sh

KILLS=12
cpus=/sys/devices/system/cpu/online

# patched FILE OFFSET BYTES: a copy of FILE in /tmp/bad with other bytes (octal escapes of printf).
patched() {
	cp $1 /tmp/bad && patch $2 "$3"
}
patch() {
	printf "$2" | dd of=/tmp/bad bs=1 seek=$1 conv=notrunc 2>/dev/null
}

# Truncated at several lengths; every length is a test on the PC.
truncated() {
	for _length in $2; do
		head -c $_length $1 >/tmp/bad
		$3 /tmp/bad >/tmp/bad.out 2>&1 && { echo "$_length bytes were not refused"; return 1; }
		grep -qE 'Fix: |mend the config|is empty' /tmp/bad.out || { echo "$_length:"; cat /tmp/bad.out; return 1; }
	done
}

# ------------------------------------------------------------------------------- before and at enable
refused driver-not-loaded "modprobe jailhouse" jailhouse enable $SYSTEM
modprobe jailhouse
refused create-before-enable "not enabled" jailhouse cell create /configs/hello.cell
refused disable-before-enable "not enabled" jailhouse disable
bad_memory
ok reserve $RESERVE

refused no-file "No such file" jailhouse enable /configs/none.cell
refused cell-as-system "blob-signature" jailhouse enable /configs/hello.cell
patched $SYSTEM 0 X
refused system-signature "blob-signature" jailhouse enable /tmp/bad
patched $SYSTEM 6 '\017'
refused system-revision "blob-revision" jailhouse enable /tmp/bad
patched $SYSTEM 5 $OTHER
refused system-architecture "blob-architecture" jailhouse enable /tmp/bad
patched $SYSTEM 8 '\0\0\0\200'
refused system-flags "system-flags" jailhouse enable /tmp/bad
patched $SYSTEM 488 '\037'
refused system-cpu-not-there "CPU" jailhouse enable /tmp/bad
ok system-truncated truncated $SYSTEM "0 4 100 356 487 488 495 1000 $MORE_CUTS" "jailhouse enable"

mv /lib/firmware/$FIRMWARE /tmp
refused no-firmware "/lib/firmware/$FIRMWARE" jailhouse enable $SYSTEM
head -c 50000 /tmp/$FIRMWARE >/lib/firmware/$FIRMWARE
refused short-firmware "cut off" jailhouse enable $SYSTEM
head -c 50 /tmp/$FIRMWARE >/lib/firmware/$FIRMWARE
refused shorter-firmware "hypervisor header" jailhouse enable $SYSTEM
mv /tmp/$FIRMWARE /lib/firmware

echo 0 >/sys/devices/system/cpu/cpu2/online
refused cpu-offline "CPUs 0-3" jailhouse enable $SYSTEM
echo 1 >/sys/devices/system/cpu/cpu2/online
bad_machine

ok enable jailhouse enable $SYSTEM
refused second-enable "enabled" jailhouse enable $SYSTEM
refused unload "" rmmod jailhouse
refused release-while-enabled "enabled" jailhouse memory release

# -------------------------------------------------------------------------------------- cell configs
pages=$(pool_used)
hello=/configs/hello.cell
refused_cell() {
	refused $1 "$2" jailhouse cell create /tmp/bad
}
ok cell-truncated truncated $hello "0 1 100 131 132 139 140 171 203 207" "jailhouse cell create"
patched $hello 4 X
refused_cell cell-signature "blob-signature"
patched $hello 6 '\015'
refused_cell cell-revision "blob-revision"
patched $hello 5 $OTHER
refused_cell cell-architecture "blob-architecture"
patched $hello 45 '\200'
refused_cell cell-flags "cell-flags"
patched $hello 52 '\377\377\377\377'
refused_cell cell-count "array-inside"
patched $hello 171 '\200'
refused_cell region-flags "region-flags"
patched $hello $COMM_AT_RAM
refused_cell region-overlap "region-apart"
patched $hello $RAM_AT_HYPERVISOR
refused_cell region-hypervisor "not-hypervisor-memory"
patched $hello $RAM_AT_LINUX
refused_cell region-linux "memory Linux uses"
patched $hello 144 '\002'
refused_cell region-not-of-root "region-loadable"
patched $hello 140 '\001'
refused_cell region-alignment "region-aligned"
patched $hello 132 '\020'
refused_cell cpu-not-there "CPU"
patched $hello 139 '\200'
refused_cell cpu-beyond "CPU"
patched $hello 132 '\0'
refused_cell cpu-none "cpu-given"
bad_cell
refused system-as-cell "blob-signature" jailhouse cell create $SYSTEM
ok nothing-left-cpus is 0-3 cat $cpus
ok nothing-left-pages is $pages pool_used
patched $hello 132 '\001'
boot_cpu

ok create jailhouse cell create $hello
refused name-twice "name already" jailhouse cell create $hello
patched /configs/hello2.cell 8 'hello\0'
refused_cell name-twice-other-cell "name already"
patched /configs/hello2.cell $RAM2_AT_RAM
refused_cell region-of-cell "region-one-owner"
bad_beside
refused cpu-of-cell "CPU" jailhouse cell create /configs/timer.cell
ok nothing-left-cpu-2 is 0-2 cat $cpus
refused root-name "root" jailhouse cell destroy $ROOT
refused unknown-cell "there is no cell" jailhouse cell start nobody
refused unknown-id "there is no cell" jailhouse cell start 17

# -------------------------------------------------------------------------------------------- loading
dd if=/dev/zero of=/tmp/large bs=1M count=2 2>/dev/null
refused image-too-large "behind the region" jailhouse cell load hello /tmp/large
refused image-address "no memory region holds" jailhouse cell load hello /inmates/hello.bin -a 0x200000
refused image-not-loadable "LOADABLE" jailhouse cell load hello /inmates/hello.bin -a $COMM
refused image-missing "No such file" jailhouse cell load hello /inmates/none.bin
ok load-after-all run_cell hello hello
ok ended-after-all ended 10 hello
ok destroy jailhouse cell destroy hello
bad_device

# ---------------------------------------------------------------------- killed in the middle of things
# Afterwards the cell is there as a whole, or it is not.
killed_create() {
	jailhouse cell create $hello &
	[ $1 = 0 ] || usleep $1
	kill -9 $! 2>/dev/null
	wait
	if cell_file hello state; then
		is 0-2 cat $cpus && jailhouse cell destroy hello || return 1
		_there=$((_there + 1))
	fi
	is 0-3 cat $cpus && is $pages pool_used
}
kills() {
	_there=0
	for _n in $(seq 0 $((KILLS - 1))); do
		killed_create $((_n * 4000)) || { echo "kill after $_n * 4 ms"; return 1; }
	done
	echo "$KILLS killed, $_there were there"
}
killed_switch() {
	jailhouse $1 &
	[ $2 = 0 ] || usleep $2
	kill -9 $! 2>/dev/null
	wait
	root_works
}
kills_enable() {
	for _n in 0 1 2 3 4 5; do
		killed_switch "enable $SYSTEM" $((_n * 4000)) || return 1
		[ $(cat $SYSFS/enabled) = 1 ] || jailhouse enable $SYSTEM || return 1
		killed_switch disable $((_n * 4000)) || return 1
		[ $(cat $SYSFS/enabled) = 0 ] || jailhouse disable || return 1
	done
}
pages=$(pool_used)	# with those of the change before, which rest until the next one
ok kills kills
ok disable jailhouse disable
ok kills-enable kills_enable

ok enable-after-all jailhouse enable $SYSTEM
ok cell-after-all new_cell hello hello
ok cell-after-all-ended ended 10 hello
ok disable-with-cell jailhouse disable
ok cpus-back is 0-3 cat $cpus
ok root-works root_works
ok release $RELEASE
ok unload-after-all rmmod jailhouse
