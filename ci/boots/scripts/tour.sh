# SPDX-License-Identifier: GPL-2.0
# The tour of `make demo`: a stock Linux is taken over, gives a CPU, memory and a device to a cell, talks
# to another one, sees an attack fail, and gets its machine back. ci/demo shows what this prints: lines
# that start with "@ " are its stage directions.

. /tests/machine.sh
cell_phys=$CELL_RAM		# inside the RAM of the cell "timer"

step() { echo "@ step $*"; }
say() { echo "@ say $*"; }

# run FACT CMD...: shows the command and its output, and reports the fact. The tour ends where a fact fails.
run() {
	_fact=$1
	shift
	case $1 in
	is | has) (shift 2; echo "@ run $*") ;;
	linux_works | memory_is_free | within) ;;
	*) echo "@ run $*" ;;
	esac
	ok "$_fact" "$@" || exit 1
}

# Shows a refusal: the command must fail, with this text.
run_refused() {
	_fact=$1 _what=$2
	shift 2
	echo "@ run $*"
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

# The UIO device of the window that Linux shares with one cell.
window_device() {
	for _uio in /sys/class/uio/uio*; do
		case $(readlink $_uio/device) in
		*:00:0e.0) echo /dev/${_uio##*/}; return ;;
		esac
	done
	echo "no UIO device for 00:0e.0"
	return 1
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
run config-holds jailhouse config check $SYSTEM /configs/timer.cell /configs/ivshmem.cell
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
step "A second cell shares a window with Linux"
run window-created jailhouse cell create /configs/ivshmem.cell
run window-loaded jailhouse cell load ivshmem /inmates/ivshmem.bin
run window-started jailhouse cell start ivshmem
say "Linux found the window as a PCI device. Messages go through memory, doorbells both ways:"
run window-driver modprobe uio_ivshmem
run window-found within 5 window_device
run messages ivshmem-demo -d "$(window_device)" -n 3

# ---------------------------------------------------------------------------------------------------
step "Linux lets a hostile device attack"
say "edu belongs to Linux, so it reaches Linux's memory, but nobody else's. It reads zeros, writes vanish:"
run attack-hypervisor is 0x00000000 edu-attack read $HYPERVISOR
run attack-cell is 0x00000000 edu-attack read $cell_phys
run attack-write edu-attack write $cell_phys 0xbadc0de
run attack-write-gone is 0x00000000 edu-attack read $cell_phys
if [ -n "$NAMED" ]; then
	say "The report says who, where and why:"
	run denials-say-who has "$EDU" jailhouse denials
else
	say "(The emulated AMD-Vi blocks, but logs no event for memory nobody has mapped; see IOMMU=vtd.)"
	run denials-say-who jailhouse denials
fi

# ---------------------------------------------------------------------------------------------------
step "Statistics, and the way back"
run stats jailhouse cell stats timer --once
run timer-shutdown jailhouse cell shutdown timer
run list-shutdown has "shut down" jailhouse cell list
run timer-destroyed jailhouse cell destroy timer
run window-destroyed jailhouse cell destroy ivshmem
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
