# SPDX-License-Identifier: GPL-2.0
# The debug console's clock gate. A word of memory that nobody has stands for the clock controller: what the
# driver leaves there is read back.
. /tests/machine.sh

# gate FLAGS BIT ADDRESS: the system config in /tmp/gate, with the console's upper flags, gate_nr and clock_reg.
gate() {
	cp $SYSTEM /tmp/gate
	patch 59 "$1"
	patch 64 "$2"
	patch 68 "$3"
}
patch() {
	printf "$2" | dd of=/tmp/gate bs=1 seek=$1 conv=notrunc 2>/dev/null
}

# register WORDS: what the word is, once WORDS may have written it.
register() {
	rmmod memory_look 2>/dev/null
	modprobe memory_look start=0x7fb00000 size=4096 poke=8 "$@" &&
	printf 0x%x $(cat /sys/module/memory_look/parameters/word)
}
REGISTER='\010\0\260\177'
INVERTED='\020'

# once CONFIG: enabled, and given back.
once() {
	jailhouse enable $1 && root_works && jailhouse disable
}

modprobe jailhouse
ok reserve $RESERVE
ok seed is 0x5a5a0000 register value=0x5a5a0000
ok without once $SYSTEM
ok untouched is 0x5a5a0000 register
gate '\0' '\007' $REGISTER
ok gate once /tmp/gate
ok bit-set is 0x5a5a0080 register
ok gate-open once /tmp/gate
ok bit-stays is 0x5a5a0080 register
gate $INVERTED '\023' $REGISTER
ok inverted once /tmp/gate
ok bit-clear is 0x5a520080 register
gate '\0' '\037' $REGISTER
ok last-bit once /tmp/gate
ok last-bit-set is 0xda520080 register

gate '\0' '\040' $REGISTER
refused no-such-bit "console-gate" jailhouse enable /tmp/gate
gate '\0' '\007' '\010\0\0\120'
refused in-ram "clock_reg 0x50000008 is RAM of Linux" jailhouse enable /tmp/gate
gate '\0' '\007' '\010\0\300\177'
refused in-hypervisor "not-hypervisor-memory" jailhouse enable /tmp/gate
ok not-written is 0xda520080 register
rmmod memory_look
ok release $RELEASE
