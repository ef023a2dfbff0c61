# SPDX-License-Identifier: GPL-2.0
# The tour of `make demo`: a stock Linux is taken over, gives a CPU, memory and a device to a cell, talks
# to another one, sees an attack fail, and gets its machine back. What the second cell is, tour-MACHINE.sh
# says. ci/demo shows what this prints: lines that start with "@ " are its stage directions.

. /tests/machine.sh
. /tests/window.sh
. /tests/tour-$(uname -m).sh
WINDOW=00:0e.0

step() { echo "@ step $*"; }
say() { echo "@ say $*"; }

# The command as one would type it.
typed() {
	_line="@ run"
	for _word; do
		case $_word in
		*" "*) _line="$_line \"$_word\"" ;;
		*) _line="$_line $_word" ;;
		esac
	done
	echo "$_line"
}

# run FACT CMD...: shows the command and its output, and reports the fact. The tour ends where a fact fails.
run() {
	_fact=$1
	shift
	case $1 in
	is | has) (shift 2; typed "$@") ;;
	linux_works | memory_is_free | within) ;;
	*) typed "$@" ;;
	esac
	ok "$_fact" "$@" || exit 1
}

# Shows a refusal: the command must fail, with this text.
run_refused() {
	_fact=$1 _what=$2
	shift 2
	typed "$@"
	refused "$_fact" "$_what" "$@" || exit 1
}

# Reads the disk for as long as the file exists, and counts.
disk_reader() {
	_reads=0
	while [ -e /tmp/disk-reader ]; do
		dd if=/dev/nvme0n1 of=/dev/null bs=64k count=4 iflag=direct 2>/dev/null || break
		_reads=$((_reads + 1))
		echo $_reads >/tmp/disk-reads.new && mv /tmp/disk-reads.new /tmp/disk-reads
		sleep 0.05
	done
}

# Since the last call, disk and timer must have gone on.
linux_works() {
	_reads=$(cat /tmp/disk-reads) _timer=$(timer_interrupts)
	within 10 disk_went_on && within 10 timer_went_on
	_code=$?
	echo "disk reads $_reads -> $(cat /tmp/disk-reads), timer interrupts $_timer -> $(timer_interrupts)"
	return $_code
}
disk_went_on() { [ "$(cat /tmp/disk-reads)" -gt "$_reads" ]; }
timer_went_on() { timer_above "$_timer"; }

# What a cell gives back, and how Linux sees it.
timer_ends() {
	run stats jailhouse cell stats timer --once
	run timer-shutdown jailhouse cell shutdown timer
	run list-shutdown has "shut down" jailhouse cell list
	run timer-destroyed jailhouse cell destroy timer
}

# ---------------------------------------------------------------------------------------------------
step "A stock Linux is running"
say "This is Debian's own kernel, unpatched, $SET_ASIDE at boot."
run kernel uname -srv
run parameters cat /proc/cmdline
modprobe nvme
within 5 test -b /dev/nvme0n1 >/dev/null
touch /tmp/disk-reader
echo 0 >/tmp/disk-reads
disk_reader &
say "From now on a program reads the disk all the time; it must never notice what happens."
run linux-before linux_works

# ---------------------------------------------------------------------------------------------------
step "The driver loads, and memory for it $COMES_FROM"
run driver-loads modprobe jailhouse
run memory-reserved $RESERVE
say "The device edu can copy any memory, whatever Linux thinks of it. Today nobody stops it:"
run attack-possible-write edu-attack write $HYPERVISOR 0xbadc0de
run attack-possible-read is 0x0badc0de edu-attack read $HYPERVISOR

# ---------------------------------------------------------------------------------------------------
step "The hypervisor slides underneath Linux"
say "The configurations are checked first, on this machine, by the hypervisor's own rules."
run config-holds jailhouse config check $SYSTEM $TOGETHER
run enabled jailhouse enable $SYSTEM
say "Linux did not reboot. It is now the root cell, and its disk and timer go on:"
run linux-enabled linux_works
run list-root jailhouse cell list
run_refused second-enable "enabled" jailhouse enable $SYSTEM

# ---------------------------------------------------------------------------------------------------
step "A cell gets CPU 3, memory and a serial port"
run timer-created jailhouse cell create /configs/timer.cell
say "CPU 3 is gone from Linux; nothing is shared or scheduled."
run cpu-gone is 0-2 cat /sys/devices/system/cpu/online
run timer-loaded jailhouse cell load timer /inmates/timer.bin -s "print-every=5" -a 0x1000
run timer-started jailhouse cell start timer
say "It prints how late its timer was, every half second, on its own serial port:"
sleep 2
run list-timer has running jailhouse cell list
run linux-cell linux_works

# ---------------------------------------------------------------------------------------------------
second_cell

# ---------------------------------------------------------------------------------------------------
step "Linux lets a hostile device attack"
say "edu belongs to Linux, so it reaches Linux's memory, but nobody else's. It reads zeros, writes vanish:"
run attack-hypervisor is 0x00000000 edu-attack read $HYPERVISOR
run attack-cell is 0x00000000 edu-attack read $ATTACKED
run attack-write edu-attack write $ATTACKED 0xbadc0de
run attack-write-gone is 0x00000000 edu-attack read $ATTACKED
if [ -n "$NAMED" ]; then
	say "The report says who, where and why:$PORTS"
	run denials-say-who has "$EDU" jailhouse denials
else
	say "(The emulated AMD-Vi blocks, but logs no event for memory nobody has mapped; see IOMMU=vtd.)"
	run denials-say-who jailhouse denials
fi

# ---------------------------------------------------------------------------------------------------
step "$WAY_BACK"
way_back
run cpu-back is 0-3 cat /sys/devices/system/cpu/online
run disabled jailhouse disable
say "Linux owns the whole machine again, and was never interrupted:"
run linux-disabled linux_works

# ---------------------------------------------------------------------------------------------------
step "Once more, and out"
run enabled-again jailhouse enable $SYSTEM
run linux-again linux_works
run disabled-again jailhouse disable
run memory-released $RELEASE
run driver-unloads rmmod jailhouse
run linux-after linux_works
rm /tmp/disk-reader
