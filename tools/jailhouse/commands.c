// SPDX-License-Identifier: GPL-2.0
/* Every command of the tool, in the order in which a user meets them. */
#include "command.h"

#define CELL "{ID | [--name] NAME}"

const struct command commands[] = {
	{
		.words = "enable", .usage = "SYSCONFIG", .run = run_enable, .min = 1, .max = 1,
		.summary = "put the hypervisor under the running Linux",
		.help =
	"SYSCONFIG is a compiled system configuration. Linux goes on running as the root\n"
	"cell. The memory that SYSCONFIG names for the hypervisor and for cells must be\n"
	"reserved before, see \"jailhouse help memory reserve\". A warning names a virtual PCI\n"
	"device that Linux could not add; all else is done.\n",
	}, {
		.words = "disable", .usage = "", .run = run_disable,
		.summary = "destroy all cells and give Linux its machine back",
		.help =
	"Cells that refuse to shut down keep the hypervisor enabled; run it again or destroy\n"
	"them one by one to see which.\n",
	}, {
		.words = "console", .usage = "[-f | --follow]", .run = run_console,
		.flags = FLAG_FOLLOW,
		.summary = "print the hypervisor's virtual console",
		.help =
	"Prints what the hypervisor has said so far. With -f it waits for more until it is\n"
	"stopped with Ctrl-C.\n",
	}, {
		.words = "denials", .usage = "", .run = run_denials,
		.summary = "print accesses that were denied since enable",
		.help =
	"Each line names the cell, the CPU or device, the address and, where there is one, the\n"
	"config line that would allow it. The file behind it is /sys/devices/jailhouse/denials.\n",
	}, {
		.words = "cell create", .usage = "CELLCONFIG", .run = run_cell_create,
		.min = 1, .max = 1,
		.summary = "take CPUs, memory and devices from Linux and make a cell of them",
		.help =
	"CELLCONFIG is a compiled cell configuration. The new cell is shut down: load images\n"
	"and start it next. If anything is wrong, Linux keeps everything.\n",
	}, {
		.words = "cell load", .usage = CELL " {IMAGE | -s STRING} [-a ADDRESS] ...",
		.run = run_cell_load, .flags = FLAG_RAW,
		.summary = "copy images or strings into the memory of a cell",
		.help =
	"  IMAGE, or -s STRING, --string STRING   what to copy; a string keeps its final NUL\n"
	"  -a ADDRESS, --address ADDRESS          where, as the cell sees it, decimal or\n"
	"                                         0x...; default 0; follows what it places\n"
	"Any number of images can follow each other. A running cell is shut down first. The\n"
	"target must lie in one memory region of the cell that is writable and loadable.\n",
	}, {
		.words = "cell linux", .usage = "CELLCONFIG KERNEL [OPTION ...]",
		.run = run_cell_linux, .flags = FLAG_RAW,
		.summary = "make a cell, put a Linux into it and start it",
		.help =
	"KERNEL is an arm64 Image, uncompressed or compressed by gzip. A cell with the\n"
	"configuration's name that is there already is used again.\n"
	"  -i FILE, --initrd FILE     the first root file system\n"
	"  -c TEXT, --cmdline TEXT    the kernel's command line\n"
	"  -d FILE, --dtb FILE        a device tree of your own; memory, command line and initrd\n"
	"                             are filled in. Without it one is made: memory, CPUs and\n"
	"                             interrupts of the cell, wired as in root Linux's own tree\n"
	"  --loader FILE              the program that starts the kernel; default\n"
	"                             linux-loader.bin beside this program\n"
	"  --machine FILE             root Linux's device tree instead of /sys/firmware/fdt\n"
	"  --system FILE              the system configuration instead of the enabled one\n"
	"  --write-dtb FILE           also write the device tree to a file\n"
	"  --dry-run                  print the commands that would do the same, do nothing\n"
	"  -w FILE, --write-params FILE   --write-dtb FILE and --dry-run in one\n"
	"  -a ARCH, --arch ARCH       the cell's architecture: arm64\n"
	"  -k FACTOR, --kernel-decomp-factor FACTOR\n"
	"                             leave room for FACTOR times the kernel's file behind it;\n"
	"                             its head says what it needs, so this can only add\n",
	}, {
		.words = "cell start", .usage = CELL, .run = run_cell_start,
		.flags = FLAG_NAME, .min = 1, .max = 1,
		.summary = "start a cell at its reset address, or restart it",
		.help = "The memory that was loaded disappears from Linux again.\n",
	}, {
		.words = "cell shutdown", .usage = CELL, .run = run_cell_shutdown,
		.flags = FLAG_NAME, .min = 1, .max = 1,
		.summary = "stop a cell; it keeps its CPUs, memory and devices",
		.help =
	"The cell is asked first, unless its configuration says it is passive, and may refuse.\n",
	}, {
		.words = "cell destroy", .usage = CELL, .run = run_cell_destroy,
		.flags = FLAG_NAME, .min = 1, .max = 1,
		.summary = "stop a cell and give everything it had back to Linux",
		.help =
	"The cell is asked first, unless its configuration says it is passive, and may refuse.\n",
	}, {
		.words = "cell list", .usage = "[--json]", .run = run_cell_list, .flags = FLAG_JSON,
		.summary = "list the cells with their state and CPUs",
		.help =
	"While the hypervisor is not enabled, there are none; a terminal is told so. Cells whose\n"
	"devices are not isolated are named below the table.\n",
	}, {
		.words = "cell stats", .usage = CELL " [--json | --once]", .run = run_cell_stats,
		.flags = FLAG_JSON | FLAG_ONCE | FLAG_NAME, .min = 1, .max = 1,
		.summary = "show why and how often the CPUs of a cell left it",
		.help =
	"On a terminal the view refreshes every second: q quits, c goes to the next CPU,\n"
	"a goes back to all CPUs. --once prints one table; so does any output that is not a\n"
	"terminal.\n",
	}, {
		.words = "memory reserve", .usage = "SIZE[@ADDRESS]", .run = run_memory_reserve,
		.min = 1, .max = 1,
		.summary = "take memory from the running Linux, without a boot parameter",
		.help =
	"SIZE takes the suffixes K, M and G. Without ADDRESS the driver chooses; a\n"
	"configuration names fixed addresses, so it wants the ADDRESS it was written for.\n",
	}, {
		.words = "memory release", .usage = "", .run = run_memory_release,
		.summary = "give reserved memory back to Linux",
		.help = "Refused while the hypervisor is enabled.\n",
	}, {
		.words = "memory show", .usage = "[--json]", .run = run_memory_show, .flags = FLAG_JSON,
		.summary = "show what is reserved and how it was taken",
		.help = "Prints \"nothing is reserved\" when there is nothing.\n",
	}, {
		.words = "config check", .usage = "[--allow-unprotected] SYSCONFIG [CELLCONFIG ...]",
		.run = run_config_check, .flags = FLAG_UNPROTECTED, .min = 1, .max = -1,
		.summary = "check a system and its cells by the hypervisor's own rules",
		.help =
	"Runs the very code that decides at enable and cell create, without touching the\n"
	"machine. Exit code 0: every rule holds; 1: the first violated rule is explained.\n"
	"Notes tell of what is accepted and cannot do what its author means.\n"
	"--allow-unprotected stands for the driver's parameter allow_unprotected=1.\n",
	}, {
		.words = "config plan", .usage = "[--allow-unprotected] SYSCONFIG [CELLCONFIG ...]",
		.run = run_config_plan, .flags = FLAG_UNPROTECTED, .min = 1, .max = -1,
		.summary = "print who would own what",
		.help =
	"Prints the plan the hypervisor builds from these configurations: CPUs, memory, DMA,\n"
	"ports, devices and interrupt pins of every cell. Documentation/cli.md explains its\n"
	"lines.\n",
	}, {
		.words = "hardware check", .usage = "", .run = run_hardware_check,
		.summary = "look whether this machine and its kernel parameters allow enable",
		.help =
	"Reads only. Exit code 0: nothing is missing; 1: this kind of machine is not known;\n"
	"2: something is missing.\n",
	}, {
		.words = "help", .usage = "[COMMAND]", .run = run_help,
		.flags = FLAG_MARKDOWN, .max = 2,
		.summary = "explain a command",
		.help = "\"jailhouse help cell\" explains all commands that start with \"cell\".\n",
	},
	{ }
};
