# SPDX-License-Identifier: GPL-2.0
# An SMMU that cannot translate what a guest takes for the machine's addresses: enable is refused.
. /tests/machine.sh

modprobe jailhouse
ok reserve $RESERVE
refused refused "no second stage of translation" jailhouse enable $SYSTEM
refused refused-again "rule unit-stage2" jailhouse enable $SYSTEM
ok root-works root_works
ok not-enabled is 0 cat $SYSFS/enabled
ok release $RELEASE
ok unload rmmod jailhouse
