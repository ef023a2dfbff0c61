/* SPDX-License-Identifier: GPL-2.0 */
/* Asking the driver to do something, and saying why it would not. */
#ifndef TOOLS_REQUEST_H
#define TOOLS_REQUEST_H

/* The driver's result, 0 or more; or -errno, which has been explained on stderr under name. */
int request(const char *name, unsigned long number, void *argument);
/* Explain a device that cannot be opened (errno is set); returns the exit code 1. */
int request_no_device(void);
/* "NAME: Error text" and the driver's sentence about its last refusal. */
void request_explain(const char *name, int error);
/* The sentence about what a request has done without, if there is one; it is done all the same. */
void request_warn(void);

#endif
