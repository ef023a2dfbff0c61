# SPDX-License-Identifier: GPL-2.0
# What root's CPUs see of the hypervisor's memory: zeros, but for the two pages made for them; and what
# they write there does not arrive.
. /tests/machine.sh

# header OFFSET: a 64-bit field of the image's header, in decimal.
header() {
	od -A n -t u8 -j $1 -N 8 /lib/firmware/jailhouse*.bin | tr -d ' '
}

# look WORDS: what the module found stays in its parameters.
look() {
	rmmod memory_look 2>/dev/null
	modprobe memory_look $HYPERVISOR_MEMORY "$@" && cd /sys/module/memory_look/parameters &&
	echo "$(cat pages) pages are not zero, the first is $(printf 0x%x $(cat first)); word $(printf 0x%x $(cat word))"
}
pages() {
	cat /sys/module/memory_look/parameters/pages
}
word() {
	printf 0x%x $(cat /sys/module/memory_look/parameters/word)
}

PAGES_MADE_FOR_ROOT=skip=$(header 32),$(header 80)
START=${HYPERVISOR_MEMORY#start=} START=${START% *}
POKE=0xdeadbeef JAIL=0x4c49414a	# the first letters of the image

modprobe jailhouse
ok reserve $RESERVE
ok enable jailhouse enable $SYSTEM
ok look look $PAGES_MADE_FOR_ROOT poke=0 value=$POKE
ok all-zeros is 0 pages
ok write-not-seen is 0x0 word
ok write-reported has "write $START, which belongs to the hypervisor" jailhouse denials
ok console-seen has "takes over" jailhouse console
ok look-at-console look
ok two-pages is 2 pages
ok root-works root_works
ok disable jailhouse disable
# The control: the same look finds the image, whose first word is as it was.
ok look-after look $PAGES_MADE_FOR_ROOT
ok image-seen test "$(pages)" -gt 20
ok write-did-nothing is $JAIL word
rmmod memory_look
ok release $RELEASE
