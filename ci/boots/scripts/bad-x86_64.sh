# SPDX-License-Identifier: GPL-2.0
# What is bad on x86 only, and where things are in the configs.
FIRMWARE=jailhouse-amd.bin
OTHER='\002'
MORE_CUTS="1800 1847 1863"
COMM=0x100000
COMM_AT_RAM="180 \0\0\0"
RAM_AT_HYPERVISOR="142 \0" RAM_AT_LINUX="142 \0\010" RAM2_AT_RAM="142 \200"

bad_memory() {
	refused not-reserved "jailhouse memory reserve 6M@0x100000000" jailhouse enable $SYSTEM
}

bad_machine() {
	other=qemu-q35
	[ $ROOT = qemu-q35 ] && other=qemu-q35-vtd
	refused unit-not-there "unit-answers" jailhouse enable /configs/$other.cell
	if modprobe kvm_amd && [ "$(uname -r | cut -d. -f1,2)" = 6.12 ]; then	# older ones take SVM with their first guest
		refused kvm-has-svm "kvm_amd" jailhouse enable $SYSTEM
		rmmod kvm_amd
	fi
}

# Linux cannot do without CPU 0.
boot_cpu() {
	refused_cell cpu-boot "CPU 0"
}

bad_cell() {
	:
}

bad_beside() {
	:
}

bad_device() {
	:
}
