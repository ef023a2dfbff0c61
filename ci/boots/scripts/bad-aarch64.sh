# SPDX-License-Identifier: GPL-2.0
# What is bad on arm64 only, and where things are in the configs.
FIRMWARE=jailhouse.bin
OTHER='\0'
MORE_CUTS="1300 1375 1391 1423"
COMM=0x80000000
COMM_AT_RAM="183 \0"
RAM_AT_HYPERVISOR="142 \300" RAM_AT_LINUX="143 \120" RAM2_AT_RAM="142 \0"
linux=/configs/linux.cell

bad_memory() {
	patched $SYSTEM 12 '\0\0\300\117'
	refused hypervisor-in-region "not-hypervisor-memory" jailhouse enable /tmp/bad
	patch 962 '\300\017'		# Linux' RAM, which is mem_regions[14], ends where it begins
	refused not-reserved "hypervisor_memory 0x4fc00000-0x4fffffff: Linux uses it" jailhouse enable /tmp/bad
}

bad_machine() {
	patched $SYSTEM 88 '\005'
	refused unit-not-there "unit-answers" jailhouse enable /tmp/bad
	patched $SYSTEM 94 '\013'	# where no device answers at all
	refused unit-silent "unit-answers" jailhouse enable /tmp/bad
	patched $SYSTEM 88 '\002'
	refused unit-type "iommu-type" jailhouse enable /tmp/bad
	patched $SYSTEM 1088 '\375'	# Linux' UART raises 33
	refused irq-unlisted "Linux has switched interrupt 33 on, which no config lists" jailhouse enable /tmp/bad
	patched $SYSTEM 78 '\360\011'	# its virtual devices are where root has virtio, so Linux goes without
	ok no-links has "warning: virtual PCI: its window 0xa000000-" jailhouse enable /tmp/bad
	ok no-links-disable jailhouse disable
	refused gic-version "the config is for GICv2, this machine has a GICv3" jailhouse enable /configs/qemu-virt-gic2.cell
}

# Linux can do without CPU 0, and who asks the hypervisor need not be there.
boot_cpu() {
	ok cpu-boot-given jailhouse cell create /tmp/bad
	ok cpu-boot-away is 1-3 cat $cpus
	ok cpu-boot-runs run_cell hello hello
	ok cpu-boot-root-works root_works
	ok cpu-boot-ended ended 10 hello
	ok cpu-boot-gone jailhouse cell destroy hello
	ok cpu-boot is 0-3 cat $cpus
	ok cpu-boot-works taskset 1 true
}

# with_stream FILE COUNT: a copy in /tmp/bad that lists the engine's stream behind what it has.
with_stream() {
	patched $1 76 $2 && printf '\040\0\0\0' >>/tmp/bad
}

bad_cell() {
	patched $hello 248 '\0'
	refused_cell spi-private "spi-shared"
	patched $hello 236 '\0\0\001'
	refused_cell spi-chip "irqchip-gic"
	patched $linux 80 '\0\020'
	refused_cell spi-virtual "vpci-irq-base"
	with_stream /configs/pci.cell '\002'
	refused_cell stream-twice "stream-once"
	patched $hello 44 '\005'
	refused_cell aarch32 "cell-not-aarch32"
	patched $hello 228 '\027'
	refused_cell device-code "device-not-executable"
	patched $hello 164 '\007'		# its RAM, not LOADABLE, is where a CPU with 44 bits has none
	patch 145 '\040'
	refused_cell region-bits "addresses of this machine's CPUs have 44 bits"
	patched $hello 206 '\010\010'	# its UART is the ITS
	refused_cell its-listed "message-frame-withheld"
	bad_linux
}

# refused_linux FACT TEXT [WORDS]: the parts of a Linux do not fit what the cell has; no cell remains.
refused_linux() {
	_fact=$1 _text=$2
	shift 2
	refused $_fact "$_text" jailhouse cell linux /tmp/bad /boot/vmlinuz "$@"
	refused $_fact-no-cell "there is no cell" jailhouse cell start linux
}

bad_linux() {
	patched $linux 279 '\160'	# the regions change places, and RAM has room for the loader only
	patch 311 '\0'
	patch 316 '\0\0\001\0'
	refused_linux linux-tree "the device tree (" -i /boot/cell.cpio
	patched $linux 316 '\0\0\020\0'
	refused_linux linux-kernel "the kernel (" -i /boot/cell.cpio
	cp $linux /tmp/bad
	truncate -s 128M /tmp/initrd
	refused_linux linux-initrd "the initrd (" -i /tmp/initrd
	rm /tmp/initrd
	patched $linux 284 '\0\0\0\0'
	refused_linux linux-loader "address 0x0"
	patched $linux 5 $OTHER
	refused_linux linux-x86 "x86"
	cp $linux /tmp/bad
	refused linux-no-kernel "no arm64 kernel Image" jailhouse cell linux /tmp/bad /configs/hello.cell
}

# A device of a cell is not another one's, too.
bad_device() {
	ok pci-there jailhouse cell create /configs/pci.cell
	with_stream /configs/hello2.cell '\001'
	refused_cell stream-of-cell "stream-one-owner"
	ok pci-gone jailhouse cell destroy pci
}

bad_beside() {
	patched /configs/hello2.cell 221 '\001'
	refused_cell spi-of-cell "spi-one-owner"
}
