// SPDX-License-Identifier: GPL-2.0
/* Switching the hypervisor on and off. */
#include <driver/jailhouse.h>

#include "blob.h"
#include "command.h"
#include "file.h"
#include "notes.h"
#include "request.h"

/* What the driver accepts and its user may not mean. What it refuses, it explains itself. */
static void print_notes(const struct system_view *system)
{
	const struct config_set set = {
		.system = system, .allow_unprotected = JAILHOUSE_UNPROTECTED_ALL,
	};
	struct refusal refusal;

	if (config_check(&set, &refusal) == OK)
		notes_print(&set, stderr);
}

int run_enable(const struct arguments *arguments)
{
	struct system_view system;
	struct file config;
	int code = 1;

	if (!file_open(&config, arguments->words[0]))
		return 1;
	/* The driver takes the length from the blob, which therefore must be that long. */
	if (blob_view_system(&system, &config, arguments->words[0])) {
		print_notes(&system);
		code = request("JAILHOUSE_ENABLE", JAILHOUSE_ENABLE, config.data) < 0;
	}
	file_close(&config);
	if (!code)
		request_warn();
	return code;
}

int run_disable(const struct arguments *arguments)
{
	(void)arguments;
	return request("JAILHOUSE_DISABLE", JAILHOUSE_DISABLE, NULL) < 0;
}
