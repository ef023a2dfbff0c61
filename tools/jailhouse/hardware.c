// SPDX-License-Identifier: GPL-2.0
/* "hardware check": a table of what is there, the way to it where something is not, a verdict. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "device.h"
#include "hardware.h"
#include "report.h"
#include "sysfs.h"

static const struct {
	const char *machine;
	const struct hardware_row *rows;
} lists[] = {
	{ "aarch64", hardware_arm64 },
	{ "x86_64", hardware_x86 },
};

bool hardware_parameter(const char *word)
{
	char text[4096];
	size_t length = strlen(word);

	if (sysfs_read(device_system_file("/proc/cmdline"), text, sizeof(text)) <= 0)
		return false;
	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		if ((at == text || at[-1] == ' ') && (!at[length] || at[length] == ' '))
			return true;
	return false;
}

bool hardware_file(const char *path)
{
	return access(device_system_file(path), F_OK) == 0;
}

/* True unless something is missing that enable needs. */
static bool print_row(const struct hardware_row *row)
{
	bool present = row->present();
	const char *verdict = present ? "ok" : row->need == NEEDED ? "MISSING" :
								   "missing (optional)";

	printf("%-40s %s\n", row->what, verdict);
	if (!present)
		printf("    %s\n", row->fix);
	return present || row->need != NEEDED;
}

int run_hardware_check(const struct arguments *arguments)
{
	const struct hardware_row *rows = NULL;
	const char *machine = device_machine_name();
	bool good = true;

	(void)arguments;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (strcmp(lists[i].machine, machine) == 0)
			rows = lists[i].rows;
	if (!rows)
		return refuse("machines of kind \"%s\" are not known; arm64 and x86 are", machine);
	for (; rows->what; rows++)
		good = print_row(rows) && good;
	printf("\nCheck %s\n", good ? "passed!" : "FAILED!");
	return good ? 0 : 2;
}
