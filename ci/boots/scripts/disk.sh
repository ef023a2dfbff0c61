# SPDX-License-Identifier: GPL-2.0
# Root's disk is written and read all the time while the hypervisor and cells come and go.
. /tests/machine.sh

ROUNDS=3
disk=/dev/nvme0n1

# Another MiB of noise each time, at another place; what comes back from the disk must be the same.
disk_round() {
	_mib=$(($1 % 60))
	dd if=/dev/urandom of=/tmp/noise bs=64k count=16 &&
	dd if=/tmp/noise of=$disk bs=64k seek=$((_mib * 16)) oflag=direct conv=notrunc &&
	dd if=$disk of=/tmp/back bs=64k skip=$((_mib * 16)) count=16 iflag=direct &&
	cmp /tmp/noise /tmp/back
}

disk_worker() {
	_n=0
	while [ -e /tmp/disk-work ]; do
		if ! disk_round $_n >/tmp/disk-round 2>&1; then
			cat /tmp/disk-round >/tmp/disk-error
			return 1
		fi
		_n=$((_n + 1))
		echo $_n >/tmp/disk-rounds.new && mv /tmp/disk-rounds.new /tmp/disk-rounds
	done
}

disk_rounds() {
	cat /tmp/disk-rounds
}
disk_above() {
	[ "$(disk_rounds)" -gt $1 ]
}

# The worker gets on, by two rounds: at least one of them has begun after this.
disk_goes_on() {
	_rounds=$(disk_rounds)
	within 20 disk_above $((_rounds + 1))
	_code=$?
	cat /tmp/disk-error 2>/dev/null
	return $_code
}

takeover() {
	jailhouse enable $SYSTEM && disk_goes_on &&
	new_cell hello hello && disk_goes_on &&
	end_cell hello && disk_goes_on &&
	jailhouse disable && disk_goes_on
}

takeovers() {
	for _round in $(seq $ROUNDS); do
		takeover || { echo "round $_round"; return 1; }
	done
	echo "$(disk_rounds) MiB written, read and compared"
}

# Also what lay on the disk before the first enable and was not touched since.
old_data_intact() {
	dd if=$disk of=/tmp/old-back bs=1M skip=62 count=2 iflag=direct && cmp /tmp/old /tmp/old-back
}

modprobe nvme
within 5 test -b $disk
dd if=/dev/urandom of=/tmp/old bs=1M count=2
dd if=/tmp/old of=$disk bs=1M seek=62 oflag=direct conv=notrunc
echo 0 >/tmp/disk-rounds
touch /tmp/disk-work
disk_worker &

modprobe jailhouse
ok reserve $RESERVE
ok disk-before disk_goes_on
ok takeovers takeovers
rm /tmp/disk-work
wait
ok no-error test ! -e /tmp/disk-error
ok old-data old_data_intact
ok release $RELEASE
