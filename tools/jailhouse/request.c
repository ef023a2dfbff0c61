// SPDX-License-Identifier: GPL-2.0
/*
 * The driver answers with an errno and leaves the sentence in its file "refusal". Errors that never
 * reached it (no permission, a signal) have their sentence here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "device.h"
#include "report.h"
#include "request.h"
#include "sysfs.h"

static const struct {
	int error;
	const char *sentence;
} explanations[] = {
	{EINTR, "a signal came before anything was changed; run the command again"},
	{EFAULT, "the driver could not read the file's memory; was the file cut off meanwhile?"},
	{ENOTTY, "this driver does not know the request; load the driver that came with this tool"},
	{EACCES, "only root may do this; run it as root"},
};

static const char *explanation_of(int error)
{
	for (size_t i = 0; i < sizeof(explanations) / sizeof(*explanations); i++)
		if (explanations[i].error == error)
			return explanations[i].sentence;
	return NULL;
}

int request_no_device(void)
{
	int error = errno;

	fflush(stdout);
	fprintf(stderr, "opening %s: %s\n", DEVICE_PATH, strerror(error));
	if (error == ENOENT || error == ENXIO || error == ENODEV)
		return refuse("the driver is not loaded; load it with \"modprobe jailhouse\" or "
			      "\"insmod jailhouse.ko\"");
	if (error == EACCES || error == EPERM)
		return refuse("only root may use the hypervisor; run the command as root");
	return 1;
}

void request_explain(const char *name, int error)
{
	const char *sentence = explanation_of(error);
	char refusal[1024];

	fflush(stdout);
	fprintf(stderr, "%s: %s\n", name, strerror(error));
	/* A signal ends the request before it is one: the file still holds an older sentence. */
	if (error != EINTR && sysfs_read_at(refusal, sizeof(refusal), "refusal") > 0)
		refuse("%s", refusal);
	else if (sentence)
		refuse("%s", sentence);
	else
		refuse("the driver gave no reason; \"dmesg | tail\" may know more");
}

void request_warn(void)
{
	char refusal[1024];

	if (sysfs_read_at(refusal, sizeof(refusal), "refusal") > 0)
		refuse("warning: %s", refusal);
}

int request(const char *name, unsigned long number, void *argument)
{
	int fd = device_open(O_RDWR);
	int result;

	if (fd < 0) {
		result = -errno;
		request_no_device();
		return result;
	}
	result = device_ioctl(fd, number, argument);
	if (result < 0)
		result = -errno;
	close(fd);
	if (result < 0)
		request_explain(name, -result);
	return result;
}
