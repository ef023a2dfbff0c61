// SPDX-License-Identifier: GPL-2.0
/* Why was the last request refused? One sentence, whoever refused it. */
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/printk.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "refusal.h"
#include "report.h"

static DEFINE_MUTEX(refusal_lock);
static char refusal_text[REFUSAL_TEXT];

static void refusal_keep(const char *text)
{
	mutex_lock(&refusal_lock);
	strscpy(refusal_text, text, sizeof(refusal_text));
	mutex_unlock(&refusal_lock);
	pr_notice("jailhouse: %s\n", text);
}

int refuse(int error, const char *format, ...)
{
	char text[REFUSAL_TEXT];
	va_list args;

	va_start(args, format);
	vscnprintf(text, sizeof(text), format, args);
	va_end(args);
	refusal_keep(text);
	return error;
}

int refuse_by_rule(const struct config_set *set, const struct refusal *refusal)
{
	char text[REFUSAL_TEXT];

	if (set)
		config_refusal_print(set, refusal, text, sizeof(text));
	else
		refusal_print(refusal, text, sizeof(text));
	refusal_keep(text);
	return status_errno(refusal->why);
}

int refuse_by_hypervisor(int code, const char *tried)
{
	struct refusal refusal;

	if (report_refusal(&refusal)) {
		refuse_by_rule(NULL, &refusal);
		return code;
	}
	return refuse(code, "%s: the hypervisor refused with error %d and left no reason; see its console",
		      tried, code);
}

void refusal_clear(void)
{
	mutex_lock(&refusal_lock);
	refusal_text[0] = '\0';
	mutex_unlock(&refusal_lock);
}

int refusal_show(char *text)
{
	int length;

	mutex_lock(&refusal_lock);
	length = refusal_text[0] ? sysfs_emit(text, "%s\n", refusal_text) : 0;
	mutex_unlock(&refusal_lock);
	return length;
}
