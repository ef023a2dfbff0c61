/* SPDX-License-Identifier: GPL-2.0 */
/* The last refusal as a sentence: object, rule, values, fix. Shown in sysfs "refusal". */
#ifndef DRIVER_REFUSAL_H
#define DRIVER_REFUSAL_H

#include <linux/compiler.h>
#include <linux/types.h>

#include <config/config.h>

#define REFUSAL_TEXT 512

/* Keep the sentence, log it, and return error (negative errno). */
__printf(2, 3) int refuse(int error, const char *format, ...);
/*
 * The same for a rule of the shared checks, with the names of the cells that are in the set, if there is
 * one; returns the errno of that rule.
 */
int refuse_by_rule(const struct config_set *set, const struct refusal *refusal);
/*
 * The hypervisor answered code (negative errno): its own reason if it left one in the report page,
 * else a plain sentence about what was tried. Returns code.
 */
int refuse_by_hypervisor(int code, const char *tried);
/* A new request begins: what was refused before is no longer the answer. */
void refusal_clear(void);
/* Copies sentence and newline to text, at least REFUSAL_TEXT + 1 bytes; returns the length. */
int refusal_show(char *text);

#endif
