# SPDX-License-Identifier: GPL-2.0
# NMIs hit all CPUs while they enter and leave the hypervisor: the sender waits for each of them.
. /tests/machine.sh

# 250 rounds on 4 CPUs: 1000 entries of a CPU, and 1000 returns.
ROUNDS=250
parameters=/sys/module/nmi_storm/parameters

# Non-maskable interrupts that Linux has counted on all CPUs.
nmis() {
	awk '/^ *NMI:/ { for (i = 2; i <= 5; i++) sum += $i; print sum }' /proc/interrupts
}

storm_rounds() {
	_round=0
	while [ $_round -lt $ROUNDS ]; do
		jailhouse enable $SYSTEM && jailhouse disable || { echo "round $_round"; return 1; }
		_round=$((_round + 1))
	done
}

modprobe jailhouse
ok reserve $RESERVE
_nmis=$(nmis)
modprobe nmi_storm
ok rounds storm_rounds
_sent=$(cat $parameters/sent) _lost=$(cat $parameters/lost)
rmmod nmi_storm
_taken=$(($(nmis) - _nmis))
echo "$_sent NMIs sent, $_lost lost, Linux counted $_taken"
ok some-sent test $_sent -gt 100
ok none-lost test $_lost = 0
ok all-counted test $_taken -ge $_sent
ok root-works root_works
ok release $RELEASE
