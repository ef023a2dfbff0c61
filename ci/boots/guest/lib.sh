# SPDX-License-Identifier: GPL-2.0
# Words for test scripts. Each reports one fact; the row says which facts it must see.

# Facts go through the kernel log, so that no other line of Linux can be printed into one. Where the hypervisor
# prints to the same serial port, it can: guest/init says them all again when the script has ended.
fact() {
	echo "$*" >>/tmp/facts
	echo "<2>FACT $*" >/dev/kmsg
}
facts_again() {
	while read -r _fact; do
		echo "<2>Again: FACT $_fact" >/dev/kmsg
	done </tmp/facts
}

# ok NAME CMD...: CMD must succeed. Its output is shown, its end becomes the reason of a failure.
ok() {
	_name=$1
	shift
	if "$@" >/tmp/out.$$ 2>&1; then
		cat /tmp/out.$$
		fact ok "$_name"
	else
		_code=$?
		cat /tmp/out.$$
		fact failed "$_name: exit $_code of '$*': $(tail -n 2 /tmp/out.$$ | tr '\n' ' ')"
		return 1
	fi
}

# refused NAME 'TEXT' CMD...: CMD must fail by itself (no signal) and its output must contain TEXT.
refused() {
	_name=$1 _text=$2
	shift 2
	"$@" >/tmp/out.$$ 2>&1
	_code=$?
	cat /tmp/out.$$
	if [ $_code = 0 ]; then
		fact failed "$_name: '$*' was not refused"
	elif [ $_code -ge 126 ]; then
		fact failed "$_name: exit $_code of '$*'"
	elif ! grep -qF -- "$_text" /tmp/out.$$; then
		fact failed "$_name: '$_text' is not in: $(tail -n 2 /tmp/out.$$ | tr '\n' ' ')"
	else
		fact ok "$_name"
		return 0
	fi
	return 1
}

# has 'TEXT' CMD...: CMD must succeed and its output contain TEXT; for use after ok NAME.
has() {
	_want=$1
	shift
	"$@" >/tmp/has.$$ 2>&1 || { cat /tmp/has.$$; return 1; }
	cat /tmp/has.$$
	grep -qF -- "$_want" /tmp/has.$$ || { echo "'$_want' is not in the output"; return 1; }
}

# is VALUE CMD...: what CMD prints must be VALUE.
is() {
	_value=$1
	shift
	_printed=$("$@") || { echo "$_printed"; return 1; }
	echo "$_printed"
	[ "$_printed" = "$_value" ] || { echo "expected $_value"; return 1; }
}

# within SECONDS CMD...: CMD must succeed at some time before SECONDS are over.
within() {
	_left=$(($1 * 5))
	shift
	while ! "$@" >/tmp/within.$$ 2>&1; do
		_left=$((_left - 1))
		[ $_left -gt 0 ] || { cat /tmp/within.$$; echo "not within the time: $*"; return 1; }
		sleep 0.2
	done
	cat /tmp/within.$$
}

# No warning, oops or lockup since boot (taint bits 7: died, 9: warned, 14: soft lockup).
kernel_healthy() {
	_taint=$(cat /proc/sys/kernel/tainted)
	[ $((_taint & (1 << 7 | 1 << 9 | 1 << 14))) = 0 ] || { echo "taint $_taint"; return 1; }
}
