// SPDX-License-Identifier: GPL-2.0
/* The life of a cell, apart from loading it. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blob.h"
#include "cell.h"
#include "command.h"
#include "file.h"
#include "number.h"
#include "report.h"
#include "request.h"
#include "sysfs.h"

#define NAME_ROOM sizeof(((struct jailhouse_cell_id *)0)->name)

bool cell_id_parse(struct jailhouse_cell_id *cell, const char *word, bool is_name)
{
	unsigned long long number;

	*cell = (struct jailhouse_cell_id) { .id = -1 };
	if (!is_name && word[strspn(word, "0123456789")] == 0 && number_parse(word, &number)) {
		if (number > INT_MAX)
			return refuse("cell id %s: ids go up to %d", word, INT_MAX), false;
		cell->id = (int)number;
		return true;
	}
	if (!*word || strlen(word) >= NAME_ROOM)
		return refuse("cell name \"%s\": names have 1 to %zu characters, this one has %zu",
			      word, NAME_ROOM - 1, strlen(word)), false;
	strcpy(cell->name, word);
	return true;
}

/* Calls visit for each cell there is until it returns true; returns whether one did. */
static bool each_cell(bool (*visit)(const char *id, const char *name, void *context), void *context)
{
	struct dirent **entries;
	int count = sysfs_list(&entries, sysfs_is_number, "cells");
	bool done = false;
	char name[64];

	for (int i = 0; i < count; i++) {
		sysfs_read_at(name, sizeof(name), "cells/%s/name", entries[i]->d_name);
		done = done || visit(entries[i]->d_name, name, context);
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return done;
}

static bool print_known(const char *id, const char *name, void *context)
{
	bool *first = context;

	fprintf(stderr, "%s %s \"%s\"", *first ? "jailhouse: existing cells:" : ",", id, name);
	*first = false;
	return false;
}

static void print_known_cells(void)
{
	bool first = true;

	each_cell(print_known, &first);
	if (!first)
		fprintf(stderr, "\n");
}

struct search {
	struct jailhouse_cell_id wanted;
	char *id;
	unsigned size;
};

static bool is_wanted(const char *id, const char *name, void *context)
{
	struct search *search = context;
	bool same = search->wanted.id >= 0 ? atoi(id) == search->wanted.id :
					     strcmp(name, search->wanted.name) == 0;

	if (same)
		snprintf(search->id, search->size, "%s", id);
	return same;
}

bool cell_find(const char *word, bool is_name, char *id, unsigned size)
{
	struct search search = { .id = id, .size = size };

	if (!cell_id_parse(&search.wanted, word, is_name))
		return false;
	if (each_cell(is_wanted, &search))
		return true;
	refuse("there is no cell \"%s\"; \"jailhouse cell list\" shows the cells", word);
	print_known_cells();
	return false;
}

bool cell_exists(const char *name)
{
	char id[16];
	struct search search = { .id = id, .size = sizeof(id) };

	return cell_id_parse(&search.wanted, name, true) && each_cell(is_wanted, &search);
}

int cell_request(const char *name, unsigned long number, void *argument)
{
	int result = request(name, number, argument);

	if (result == -ENOENT)
		print_known_cells();
	return result < 0;
}

int cell_create(const void *config, size_t size)
{
	struct jailhouse_cell_create create = {
		.config_address = (unsigned long)config,
		.config_size = (unsigned)size,
	};

	return request("JAILHOUSE_CELL_CREATE", JAILHOUSE_CELL_CREATE, &create) < 0;
}

int run_cell_create(const struct arguments *arguments)
{
	struct file config;
	int code;

	if (!file_open(&config, arguments->words[0]))
		return 1;
	if (config.size > UINT_MAX)
		code = refuse("%s: %zu bytes are no cell configuration", arguments->words[0],
			      config.size);
	else
		code = !blob_is_compiled(&config, arguments->words[0]) ||
		       cell_create(config.data, config.size);
	file_close(&config);
	return code;
}

static int run_on_cell(const struct arguments *arguments, const char *name, unsigned long number)
{
	struct jailhouse_cell_id cell;

	if (!cell_id_parse(&cell, arguments->words[0], arguments->flags & FLAG_NAME))
		return 1;
	return cell_request(name, number, &cell);
}

int run_cell_start(const struct arguments *arguments)
{
	return run_on_cell(arguments, "JAILHOUSE_CELL_START", JAILHOUSE_CELL_START);
}

int run_cell_destroy(const struct arguments *arguments)
{
	return run_on_cell(arguments, "JAILHOUSE_CELL_DESTROY", JAILHOUSE_CELL_DESTROY);
}

/* Shutting down is loading nothing: the cell stops and its memory can be written. */
int run_cell_shutdown(const struct arguments *arguments)
{
	struct jailhouse_cell_load load = { 0 };

	if (!cell_id_parse(&load.cell_id, arguments->words[0], arguments->flags & FLAG_NAME))
		return 1;
	return cell_request("JAILHOUSE_CELL_LOAD", JAILHOUSE_CELL_LOAD, &load);
}
