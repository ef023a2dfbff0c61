# SPDX-License-Identifier: GPL-2.0
# Linux was started by UEFI, with ACPI tables instead of a device tree: what the tables say is compared with
# the config, memory of the firmware is given to nobody, and the tool looks at the tables, too.
. /tests/machine.sh

hello=/configs/hello.cell

# at_tables FILE OFFSET: a copy in /tmp/bad whose memory at this byte begins at the last 16 MiB of RAM.
at_tables() {
	cp $1 /tmp/bad && printf '\0\0\0\277' | dd of=/tmp/bad bs=1 seek=$2 conv=notrunc
}

ok tables has ACPI20=0xbf0 cat /sys/firmware/efi/systab
ok hardware has "Check passed!" jailhouse hardware check
head -c 16 /dev/zero >/tmp/kernel
printf '\0\20\0\0\0\0\0\0' >>/tmp/kernel	# its size; at byte 56 what makes it one
head -c 32 /dev/zero >>/tmp/kernel
printf 'ARMd' >>/tmp/kernel
head -c 8192 /dev/zero >>/tmp/kernel
ok driver-loads modprobe jailhouse
refused gic-version "the config is for GICv2, this machine has a GICv3" jailhouse enable /configs/qemu-virt-gic2.cell
at_tables /configs/qemu-virt.cell 12
refused hypervisor-at-tables "0xbf000000-0xbf3fffff: firmware has its tables" jailhouse enable /tmp/bad
ok enable jailhouse enable $SYSTEM
at_tables $hello 140
refused cell-at-tables "0xbf000000-0xbf0fffff: firmware has its tables" jailhouse cell create /tmp/bad
refused linux-tree "started with ACPI" jailhouse cell linux /configs/linux.cell /tmp/kernel
ok create jailhouse cell create $hello
ok destroy jailhouse cell destroy hello
ok root-works root_works
ok clock hwclock -r
ok disk disk_keeps_data
ok disable jailhouse disable
ok unload rmmod jailhouse
