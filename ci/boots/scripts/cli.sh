# SPDX-License-Identifier: GPL-2.0
# The command line on a real driver without a hypervisor: what it says before the module is there and
# before enable, and memory taken from Linux and given back, twice.

. /tests/machine.sh
block=/sys/devices/system/memory/memory32	# 0x100000000 / 128 MiB; on arm64 there is none

mem_kib() {
	sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo
}

kernel_code() {
	sed -n 's/^ *\([0-9a-f]*\)-.*Kernel code/\1/p' /proc/iomem
}

# reserve_release ARGUMENT KIB METHOD: Linux must miss KIB in between, and have all of it afterwards. KIB
# "any": memory that Linux did not use may be taken first.
reserve_release() {
	_before=$(mem_kib)
	jailhouse memory reserve "$1" || return 1
	jailhouse memory show
	jailhouse memory show --json
	_during=$(mem_kib)
	has "$3" jailhouse memory show || return 1
	jailhouse memory release || return 1
	_after=$(mem_kib)
	echo "MemTotal $_before, $_during, $_after KiB"
	[ "$2" = any ] || [ $((_before - _during)) = "$2" ] || return 1
	[ "$_after" = "$_before" ] &&
	has "nothing is reserved" jailhouse memory show
}

is_online() {
	[ "$(cat $block/state)" = online ]
}

[ ! -e $block ] || is_online || echo online_movable >$block/state

refused no-driver "modprobe jailhouse" jailhouse disable
ok no-driver-list jailhouse cell list
ok driver-loads modprobe jailhouse

refused disable-before-enable 'disable: the hypervisor is not enabled; run "jailhouse enable"' jailhouse disable
refused create-before-enable 'the hypervisor is not enabled' jailhouse cell create /configs/hello.cell
refused start-before-enable 'the hypervisor is not enabled' jailhouse cell start 1
refused load-before-enable 'the hypervisor is not enabled' jailhouse cell load 1 /init
refused destroy-before-enable 'the hypervisor is not enabled' jailhouse cell destroy x
refused console-before-enable 'the hypervisor is not enabled' jailhouse console
refused enable-no-config 'objcopy -O binary' jailhouse enable /bin/busybox
refused enable-text 'text file' jailhouse enable /init

refused reserve-not-ram 'is not all RAM' jailhouse memory reserve 4K@$NOT_RAM
refused reserve-kernel 'Linux cannot move' jailhouse memory reserve 2M@0x$(kernel_code)
refused reserve-too-much 'contiguous' jailhouse memory reserve 512G
if [ -e $block ]; then
	ok reserve-block reserve_release 128M@0x100000000 131072 removed
	ok block-online is_online
	ok reserve-again reserve_release 128M@0x100000000 131072 removed
else
	refused reserve-set-aside 'needs no reservation' jailhouse memory reserve 4M@$HYPERVISOR
fi
ok reserve-part reserve_release $PART 0 allocated
ok reserve-anywhere reserve_release 64M any $ANYWHERE

ok edu-writes edu-attack write $EDU_RAM 0x12345678
ok edu-reads has 0x12345678 edu-attack read $EDU_RAM
ok driver-unloads rmmod jailhouse
