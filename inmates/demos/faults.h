/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/* What the parts of the faults inmate share. */
#ifndef _FAULTS_H
#define _FAULTS_H

#include <inmate.h>

struct fault {
	const char *name;	/* word of the command line */
	void (*act)(void);
};

/* What only this architecture can do: lists that end with a row without name, and a NULL at the end. */
extern const struct fault *const machine_faults[];

/* address= and value= of the command line. */
extern unsigned long address, value;

#endif
