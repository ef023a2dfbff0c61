// SPDX-License-Identifier: GPL-2.0
/* Switching the hypervisor on and off. */
#include <driver/jailhouse.h>

#include "blob.h"
#include "command.h"
#include "file.h"
#include "request.h"

int run_enable(const struct arguments *arguments)
{
	struct file config;
	int code;

	if (!file_open(&config, arguments->words[0]))
		return 1;
	/* The driver takes the length from the blob, which therefore must be that long. */
	code = !blob_is_system(&config, arguments->words[0]) ||
	       request("JAILHOUSE_ENABLE", JAILHOUSE_ENABLE, config.data) < 0;
	file_close(&config);
	return code;
}

int run_disable(const struct arguments *arguments)
{
	(void)arguments;
	return request("JAILHOUSE_DISABLE", JAILHOUSE_DISABLE, NULL) < 0;
}
