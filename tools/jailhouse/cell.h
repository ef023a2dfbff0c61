/* SPDX-License-Identifier: GPL-2.0 */
/* Naming a cell on the command line. */
#ifndef TOOLS_CELL_H
#define TOOLS_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include <driver/jailhouse.h>

/* A word of digits is an id unless it must be a name; says why on stderr when it can be neither. */
bool cell_id_parse(struct jailhouse_cell_id *cell, const char *word, bool is_name);
/* The name of the folder below cells/ for this word; false when there is none, which it says. */
bool cell_find(const char *word, bool is_name, char *id, unsigned size);
/* True when there is a cell with this name; says nothing. */
bool cell_exists(const char *name);
/* Makes a cell of a configuration; the exit code, a refusal explained. */
int cell_create(const void *config, size_t size);
/* request() for something about a cell; an unknown cell is answered with the ones there are. */
int cell_request(const char *name, unsigned long number, void *argument);

#endif
