# SPDX-License-Identifier: GPL-2.0
# Nothing answers where the hypervisor's console should be: who causes a line goes on behind what did.
. /tests/machine.sh

modprobe jailhouse
ok reserve $RESERVE
cp $SYSTEM /tmp/silent
printf '\0\0\0\014' | dd of=/tmp/silent bs=1 seek=44 conv=notrunc 2>/dev/null	# debug_console.address
ok enable jailhouse enable /tmp/silent
ok attack is 0x00000000 edu-attack read $HYPERVISOR
ok denials has "DMA read $HYPERVISOR" jailhouse denials
ok root-works root_works
ok cell new_cell hello faults "ipi-foreign end"
ok ended ended 10 hello
ok reported has 'cell "hello" CPU 3: SGI 7' jailhouse denials
ok destroy jailhouse cell destroy hello
ok disable jailhouse disable
ok release $RELEASE
