# SPDX-License-Identifier: GPL-2.0
# One bare-metal cell from nothing to nothing.
. /tests/machine.sh

modprobe jailhouse
ok reserve jailhouse memory reserve 128M@0x100000000
ok enable jailhouse enable $SYSTEM
ok create jailhouse cell create /configs/hello.cell
ok load jailhouse cell load hello /inmates/hello.bin
ok start jailhouse cell start hello
sleep 2
ok list has running jailhouse cell list
ok shutdown jailhouse cell shutdown hello
ok destroy jailhouse cell destroy hello
ok cpus-back has 0-3 cat /sys/devices/system/cpu/online
ok disable jailhouse disable
ok release jailhouse memory release
