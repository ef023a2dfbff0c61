/* SPDX-License-Identifier: GPL-2.0 */
/* Writing JSON: commas and escapes are done here, structure by the caller. */
#ifndef TOOLS_JSON_H
#define TOOLS_JSON_H

#include <stdbool.h>

/* All print to stdout. name is NULL for elements of an array and for the outermost value. */
void json_open(const char *name, char bracket);		/* '{' or '[' */
void json_close(char bracket);				/* '}' or ']' */
void json_string(const char *name, const char *value);
void json_number(const char *name, unsigned long long value);
void json_bool(const char *name, bool value);
/* A Linux CPU list, "0-2,5", as an array of numbers. */
void json_cpu_list(const char *name, const char *list);

#endif
