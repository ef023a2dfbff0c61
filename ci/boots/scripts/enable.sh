# SPDX-License-Identifier: GPL-2.0
# Root alone: taken over and given back, again and again, while it works.
. /tests/machine.sh

cat /proc/iomem
ok driver-loads modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok list has "$ROOT" jailhouse cell list
ok works dd if=/dev/zero of=/tmp/x bs=1M count=16
ok disable jailhouse disable
ok release $RELEASE
