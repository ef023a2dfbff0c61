# SPDX-License-Identifier: GPL-2.0
# Memory that was set aside at boot: nothing has to be reserved, nothing is given back.
. /tests/machine.sh

cat /proc/iomem
ok set-aside has "-107ffffff : Reserved" cat /proc/iomem
modprobe jailhouse
refused reserve "needs no reservation" jailhouse memory reserve 128M@0x100000000
ok enable jailhouse enable $SYSTEM
ok claimed has "100000000-1005fffff : Jailhouse hypervisor" cat /proc/iomem
ok create jailhouse cell create /configs/hello.cell
ok load jailhouse cell load hello /inmates/hello.bin
ok start jailhouse cell start hello
ok ended ended 10 hello
ok destroy jailhouse cell destroy hello
ok disable jailhouse disable
ok release is "nothing was reserved" jailhouse memory release
ok still-aside has "-107ffffff : Reserved" cat /proc/iomem
