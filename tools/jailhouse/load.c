// SPDX-License-Identifier: GPL-2.0
/*
 * "cell load": what goes where. One request carries everything while it is small. Large images
 * travel in pieces, the last piece of an image first, so that one too large for its region is
 * refused before anything of it is copied, and Ctrl-C works between pieces.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "command.h"
#include "load.h"
#include "number.h"
#include "progress.h"
#include "report.h"
#include "request.h"

#define PIECE_SIZE (8ULL << 20)

struct job {
	struct jailhouse_cell_id cell;
	unsigned count;
	struct image images[];
};

static bool set_address(const struct arguments *arguments, struct job *job, const char *text)
{
	if (!job->count)
		return usage_error(arguments->command, "an address follows the image it places"),
		       false;
	if (!number_parse(text, &job->images[job->count - 1].address))
		return refuse("address \"%s\": write a number like 0x100000, at most 64 bits",
			      text),
		       false;
	return true;
}

/* One image, string or address; returns how many words it took, 0 after a complaint. */
static int parse_item(const struct arguments *arguments, struct job *job, int i)
{
	struct image *image = &job->images[job->count];
	char *word = arguments->words[i], *value;
	int taken = option_value(arguments, i, "-a", "--address", &value);

	if (taken)
		return value && set_address(arguments, job, value) ? taken : 0;
	taken = option_value(arguments, i, "-s", "--string", &value);
	if (taken && !value)
		return 0;
	if (!taken && word[0] == '-' && word[1])
		return usage_error(arguments->command, "it has no option \"%s\"", word), 0;
	if (taken)
		image->file = (struct file) { .data = value, .size = strlen(value) + 1 };
	else
		image->path = word;
	job->count++;
	return taken ? taken : 1;
}

/* The cell, the first word or two; returns how many, 0 after a complaint. */
static int parse_cell(const struct arguments *arguments, struct job *job)
{
	char *name;
	int taken;

	if (!arguments->count)
		return usage_error(arguments->command, "the cell is missing"), 0;
	taken = option_value(arguments, 0, NULL, "--name", &name);
	if (taken)
		return name && cell_id_parse(&job->cell, name, true) ? taken : 0;
	if (arguments->words[0][0] == '-')
		return usage_error(arguments->command, "the cell comes first, then \"%s\"",
				   arguments->words[0]), 0;
	return cell_id_parse(&job->cell, arguments->words[0], false);
}

static bool parse_job(const struct arguments *arguments, struct job *job)
{
	int taken = parse_cell(arguments, job);

	for (int i = taken; taken && i < arguments->count; i += taken)
		taken = parse_item(arguments, job, i);
	if (taken && !job->count)
		return usage_error(arguments->command, "there is no image to load"), false;
	return taken > 0;
}

/* All files are opened before anything is loaded. */
static bool open_images(struct job *job)
{
	for (unsigned i = 0; i < job->count; i++) {
		struct image *image = &job->images[i];

		if (image->path && !file_open(&image->file, image->path))
			return false;
		if (image->path && !image->file.size)
			return refuse("%s is empty; give the image that the cell shall run",
				      image->path), false;
		if (image->address + (image->file.size - 1) < image->address)
			return refuse("%s: %zu bytes at 0x%llx go past the end of all addresses",
				      image->path ? image->path : "string", image->file.size,
				      image->address),
			       false;
	}
	return true;
}

static void close_images(struct job *job)
{
	for (unsigned i = 0; i < job->count; i++)
		if (job->images[i].path)
			file_close(&job->images[i].file);
}

static struct jailhouse_preload_image preload(const struct image *image, size_t offset, size_t size)
{
	return (struct jailhouse_preload_image) {
		.source_address = (unsigned long)image->file.data + offset,
		.size = size,
		.target_address = image->address + offset,
	};
}

static int send_all(const struct image *images, unsigned count, struct jailhouse_cell_load *load)
{
	load->num_preload_images = count;
	for (unsigned i = 0; i < count; i++)
		load->image[i] = preload(&images[i], 0, images[i].file.size);
	return cell_request("JAILHOUSE_CELL_LOAD", JAILHOUSE_CELL_LOAD, load);
}

static int send_pieces(const struct image *image, struct jailhouse_cell_load *load,
		       struct progress *progress)
{
	size_t left = image->file.size;

	load->num_preload_images = 1;
	while (left > 0) {
		size_t size = (left - 1) % PIECE_SIZE + 1;

		load->image[0] = preload(image, left - size, size);
		if (cell_request("JAILHOUSE_CELL_LOAD", JAILHOUSE_CELL_LOAD, load) != 0)
			return 1;
		progress_advance(progress, size);
		left -= size;
	}
	return 0;
}

static int send(const struct image *images, unsigned count, struct jailhouse_cell_load *load)
{
	struct progress progress;
	unsigned long long total = 0;
	int code = 0;

	for (unsigned i = 0; i < count; i++)
		total += images[i].file.size;
	if (total <= PIECE_SIZE)
		return send_all(images, count, load);
	progress_start(&progress, "loading", total);
	for (unsigned i = 0; i < count && code == 0; i++)
		code = send_pieces(&images[i], load, &progress);
	progress_end(&progress);
	return code;
}

int images_load(const struct jailhouse_cell_id *cell, const struct image *images, unsigned count)
{
	struct jailhouse_cell_load *load = calloc(1, sizeof(*load) + count * sizeof(load->image[0]));
	int code;

	if (!load)
		return refuse("there is no memory for a request of %u images", count);
	load->cell_id = *cell;
	code = send(images, count, load);
	free(load);
	return code;
}

int run_cell_load(const struct arguments *arguments)
{
	unsigned room = (unsigned)arguments->count + 1;
	struct job *job = calloc(1, sizeof(*job) + room * sizeof(job->images[0]));
	int code = 1;

	if (!job)
		return refuse("there is no memory for %u images", room);
	if (parse_job(arguments, job)) {
		code = open_images(job) ? images_load(&job->cell, job->images, job->count) : 1;
		close_images(job);
	}
	free(job);
	return code;
}
