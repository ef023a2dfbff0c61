# SPDX-License-Identifier: GPL-2.0
# A device that obeys nobody, in root's hands and in a cell's. Patterns are planted by the device itself
# while nothing confines it, and looked at by it again once nothing does any more.
. /tests/machine.sh

hypervisor=$HYPERVISOR cell=$CELL_RAM code=$CELL_CODE root=$ROOT_RAM

plant() {
	edu-attack write $hypervisor 0x11111111 && edu-attack write $cell 0x22222222 &&
	edu-attack write $root 0x33333333 && all_intact
}
all_intact() {
	is 0x11111111 edu-attack read $hypervisor && is 0x22222222 edu-attack read $cell &&
	is 0x33333333 edu-attack read $root
}

# named FACT TEXT: the last denial says TEXT, where the unit tells.
named() {
	[ -n "$NAMED" ] || return 0
	ok names-$1 last_denial "$2"
}
last_denial() {
	jailhouse denials >/tmp/denials && has "$1" tail -n 1 /tmp/denials
}

# Without a unit: the pattern is read, and another one written.
succeed() {
	is $2 edu-attack read $1 && edu-attack write $1 0x0badc0de && is 0x0badc0de edu-attack read $1
}
is_not() {
	_printed=$(edu-attack read $2) && echo "$_printed" && [ "$_printed" != $1 ]
}

modprobe jailhouse $PARAMETER
ok reserve $RESERVE
ok plant plant
ok enable jailhouse enable $SYSTEM
ok cell-runs new_cell hello alive "$TALK"

if [ -z "$CONFINED" ]; then
	# The negative control: without a unit the same attacks succeed.
	ok attack-hypervisor succeed $hypervisor 0x11111111
	ok attack-cell succeed $cell 0x22222222
	ok list-says-unprotected has "can reach all memory" jailhouse cell list
else
	# The unit keeps one fault of a device until it is read, so each one is read.
	ok attack-hypervisor is 0x00000000 edu-attack read $hypervisor
	named hypervisor "cell \"$ROOT\" $EDU: DMA read $hypervisor"
	ok attack-hypervisor-write edu-attack write $hypervisor 0x0badc0de
	named hypervisor-write "cell \"$ROOT\" $EDU: DMA write $hypervisor"
	ok attack-cell is 0x00000000 edu-attack read $cell
	named cell "cell \"$ROOT\" $EDU: DMA read $cell"
	ok attack-cell-write edu-attack write $cell 0x0badc0de
	named cell-write "cell \"$ROOT\" $EDU: DMA write $cell"
	ok attack-code edu-attack write $code 0x0badc0de
	ok cell-goes-on cell_goes_on hello
	ok root-works root_works
fi
ok cell-ends end_cell hello

# Now the device belongs to a cell, which attacks root; the inmate says what it got (cell0.log).
if [ -z "$CONFINED" ]; then
	refused cell-must-say-so "dma-isolated" jailhouse cell create /configs/pci.cell
	ok disable jailhouse disable
	rmmod jailhouse
	modprobe jailhouse allow_unprotected=1
	ok reserve-again $RESERVE
	ok enable-unprotected jailhouse enable $SYSTEM
	ok plant-root edu-attack write $root 0x33333333
fi
jailhouse denials >/tmp/denials-so-far
ok device-cell new_cell pci pci "target=$root $EDU_WORDS $INTERRUPT"
ok device-cell-ended ended 20 pci
# The cell's first fault; and root's last one, which nobody had read, is told of root.
if [ -n "$NAMED" ]; then
	jailhouse denials >>/tmp/denials-so-far
	ok names-pci has "cell \"pci\" $EDU: DMA read ${root%00}" cat /tmp/denials-so-far
	ok names-code has "cell \"$ROOT\" $EDU: DMA write $code" cat /tmp/denials-so-far
fi
refused device-gone "" edu-attack read $root
ok device-back jailhouse cell destroy pci
if [ -z "$CONFINED" ]; then
	ok attack-hit-root is_not 0x33333333 $root
	ok disable-unprotected jailhouse disable
else
	ok root-intact is 0x33333333 edu-attack read $root
	ok disable jailhouse disable
	ok intact all_intact
fi
ok release $RELEASE
