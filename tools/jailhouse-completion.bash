# SPDX-License-Identifier: GPL-2.0
#
# Completion of the jailhouse command for bash: commands, options, cells that exist, files. Source it, or
# install it as /usr/share/bash-completion/completions/jailhouse.

JAILHOUSE_CELLS=${JAILHOUSE_CELLS:-/sys/devices/jailhouse/cells}

_jailhouse_words() {
	local word
	while read -r word; do
		COMPREPLY+=("$word")
	done < <(compgen -W "$1" -- "$current")
}

_jailhouse_files() {
	local name
	compopt -o filenames 2>/dev/null
	while read -r name; do
		COMPREPLY+=("$name")
	done < <(compgen -f -- "$current")
}

# Names may hold blanks, so they are not passed through a word list. The root cell has no life of its own.
_jailhouse_cells() {
	local folder id name
	for folder in "$JAILHOUSE_CELLS"/[0-9]*; do
		[ -r "$folder/name" ] || continue
		id=${folder##*/}
		[ "$id" = 0 ] && [ "$1" != root-too ] && continue
		read -r name <"$folder/name"
		[[ $id == "$current"* && $1 != names ]] && COMPREPLY+=("$id")
		[[ $name == "$current"* ]] && COMPREPLY+=("$(printf %q "$name")")
	done
}

_jailhouse_cell() {
	case $subcommand,$position in
	create,0) _jailhouse_files ;;
	linux,*)
		case $previous in
		-c | --cmdline | -k | --kernel-decomp-factor) ;;
		-a | --arch) _jailhouse_words "arm64" ;;
		-i | --initrd | -d | --dtb | --loader | --machine | --system | --write-dtb | -w | --write-params) _jailhouse_files ;;
		*)
			_jailhouse_words "-i --initrd -c --cmdline -d --dtb --loader --machine --system --write-dtb --dry-run -w --write-params -a --arch -k --kernel-decomp-factor"
			_jailhouse_files ;;
		esac ;;
	list,*) _jailhouse_words "--json" ;;
	load,0 | start,0 | shutdown,0 | destroy,0)
		_jailhouse_words "--name"
		[ "$previous" = --name ] && { COMPREPLY=(); _jailhouse_cells names; return; }
		_jailhouse_cells ;;
	stats,0)
		_jailhouse_words "--name --json --once"
		[ "$previous" = --name ] && { COMPREPLY=(); _jailhouse_cells names; return; }
		_jailhouse_cells root-too ;;
	stats,*) _jailhouse_words "--json --once" ;;
	load,*)
		case $previous in
		-a | --address | -s | --string) ;;
		*) _jailhouse_words "-a --address -s --string"; _jailhouse_files ;;
		esac ;;
	esac
}

_jailhouse() {
	local commands="enable disable console denials cell memory config hardware help --help --version"
	local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
	local command=${COMP_WORDS[1]} subcommand=${COMP_WORDS[2]} position=0 i

	COMPREPLY=()
	# An option and its value may be one word, which bash splits at the sign.
	[ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
	[ "$current" != = ] || current=
	if [ "$COMP_CWORD" = 1 ]; then
		_jailhouse_words "$commands"
		return
	fi
	# How many words that are no options stand before the current one.
	for ((i = 3; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == -* ]] || position=$((position + 1))
	done
	case $command,$COMP_CWORD in
	enable,2) _jailhouse_files ;;
	console,2) _jailhouse_words "-f --follow" ;;
	cell,2) _jailhouse_words "create load linux start shutdown destroy list stats" ;;
	memory,2) _jailhouse_words "reserve release show" ;;
	config,2) _jailhouse_words "check plan" ;;
	hardware,2) _jailhouse_words "check" ;;
	help,2) _jailhouse_words "${commands//--*/}" ;;
	help,3)
		case $subcommand in
		cell) _jailhouse_words "create load linux start shutdown destroy list stats" ;;
		memory) _jailhouse_words "reserve release show" ;;
		config) _jailhouse_words "check plan" ;;
		hardware) _jailhouse_words "check" ;;
		esac ;;
	cell,*) _jailhouse_cell ;;
	memory,3) [ "$subcommand" = show ] && _jailhouse_words "--json" ;;
	config,*) _jailhouse_words "--allow-unprotected"; _jailhouse_files ;;
	esac
}

complete -F _jailhouse jailhouse
