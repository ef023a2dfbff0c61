# SPDX-License-Identifier: GPL-2.0
# Which system config describes this machine.
tables=/sys/firmware/acpi/tables
if [ -e $tables/DMAR ]; then
	ROOT=qemu-q35-vtd
elif [ -e $tables/IVRS ]; then
	ROOT=qemu-q35
else
	ROOT=qemu-q35-none
fi
SYSTEM=/configs/$ROOT.cell
