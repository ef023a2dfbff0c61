# SPDX-License-Identifier: GPL-2.0
# Words about shared-memory windows, in the root cell and in a Linux cell.

# The UIO device of a window, by its PCI function.
window_device() {
	for _uio in /sys/class/uio/uio*; do
		case $(readlink $_uio/device) in
		*:$1) echo /dev/${_uio##*/}; return ;;
		esac
	done
	echo "no UIO device for $1"
	return 1
}

talk() {
	_function=$1
	shift
	ivshmem-demo -d "$(window_device $_function)" "$@"
}

# peer_ready FUNCTION PEER: a program of the peer has opened the window.
peer_ready() {
	talk $1 -n 0 | grep "State of peer $2 = 1"
}
