// SPDX-License-Identifier: GPL-2.0
/* Which records a config carries, and that nothing in the block goes unread. */
#include <base/bits.h>
#include <base/string.h>
#include <config/extension.h>

#define HEADER_BYTES ((u32)sizeof(struct jailhouse_extension_header))
#define RECORD_BYTES ((u32)sizeof(struct jailhouse_extension_record))

/* Where the walk over the records stands. */
struct walk {
	struct cell_view *view;
	struct refusal *refusal;
	u32 unprotected;	/* known bits of that record */
	u32 kinds;	/* bit per record kind that may come */
	u32 seen;	/* bit per record kind */
};

static enum status refuse(struct walk *walk, enum status why, u64 a, u64 b)
{
	return refusal_fill(walk->refusal, why, walk->view->desc->name, OBJECT_EXTENSION, 0, a, b);
}

static bool has_magic(const u8 *block, u32 available)
{
	return available >= HEADER_BYTES && memcmp(block, JAILHOUSE_EXTENSION_MAGIC, 8) == 0;
}

u64 extension_size(const u8 *block, u32 available)
{
	return has_magic(block, available)
		       ? ((const struct jailhouse_extension_header *)block)->size
		       : 0;
}

static enum status check_header(struct walk *walk, const u8 *block, u32 left)
{
	const struct jailhouse_extension_header *header = (const void *)block;

	if (!has_magic(block, left))
		return refuse(walk, STATUS_VIEW_TRAILING, left, 0);
	if (header->version != JAILHOUSE_EXTENSION_VERSION)
		return refuse(walk, STATUS_EXT_VERSION, header->version,
			      JAILHOUSE_EXTENSION_VERSION);
	if (header->size != left || !is_aligned(left, 8))
		return refuse(walk, STATUS_EXT_SIZE, header->size, left);
	return OK;
}

static enum status check_zero(struct walk *walk, u32 from, u32 to)
{
	for (; from < to; from++)
		if (walk->view->extension[from])
			return refuse(walk, STATUS_EXT_PADDING, walk->view->extension[from], from);
	return OK;
}

static enum status open_unprotected(struct walk *walk, u32 at)
{
	const struct jailhouse_extension_unprotected *record =
		(const void *)(walk->view->extension + at);
	const u32 unknown = record->what & ~walk->unprotected;

	if (unknown)
		return refuse(walk, STATUS_EXT_FLAGS, unknown, walk->unprotected);
	walk->view->unprotected = record->what;
	return check_zero(walk, at + (u32)((const u8 *)&record->reserved - (const u8 *)record),
			  at + (u32)sizeof(*record));
}

/* What it says is for the rules. */
static enum status open_frame(struct walk *walk, u32 unused)
{
	(void)unused;
	walk->seen &= ~(1U << JAILHOUSE_EXTENSION_MESSAGE_FRAME);	/* there may be several */
	return OK;
}

struct kind {
	u32 size;	/* bytes of a record */
	enum status (*open)(struct walk *walk, u32 at);
};

static const struct kind kinds[] = {
	[JAILHOUSE_EXTENSION_UNPROTECTED] = {
		sizeof(struct jailhouse_extension_unprotected), open_unprotected,
	},
	[JAILHOUSE_EXTENSION_MESSAGE_FRAME] = {
		sizeof(struct jailhouse_message_frame), open_frame,
	},
};

#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

/* One record at offset at; *at moves behind its padding. */
static enum status open_record(struct walk *walk, u32 *at)
{
	const struct jailhouse_extension_record *record =
		(const void *)(walk->view->extension + *at);
	const u32 left = walk->view->extension_size - *at;
	enum status status;
	u32 end;

	if (left < RECORD_BYTES)
		return refuse(walk, STATUS_EXT_RECORD, left, RECORD_BYTES);
	if (record->kind >= KINDS || !(walk->kinds >> record->kind & 1))
		return refuse(walk, STATUS_EXT_KIND, record->kind, *at);
	if (record->size != kinds[record->kind].size || record->size > left)
		return refuse(walk, STATUS_EXT_RECORD, record->size, kinds[record->kind].size);
	if (walk->seen & 1U << record->kind)
		return refuse(walk, STATUS_EXT_TWICE, record->kind, *at);
	walk->seen |= 1U << record->kind;
	status = kinds[record->kind].open(walk, *at);
	if (status != OK)
		return status;
	end = (u32)align_up(*at + record->size, 8);
	status = check_zero(walk, *at + record->size, end);
	*at = end;
	return status;
}

enum status extension_open(struct cell_view *view, u32 unprotected, u32 kinds, const u8 *block,
			   u32 left, struct refusal *refusal)
{
	struct walk walk = {
		.view = view, .refusal = refusal, .unprotected = unprotected, .kinds = kinds,
	};
	enum status status = check_header(&walk, block, left);

	if (status != OK)
		return status;
	view->extension = block + HEADER_BYTES;
	view->extension_size = left - HEADER_BYTES;
	for (u32 at = 0; at < view->extension_size && status == OK;)
		status = open_record(&walk, &at);
	return status;
}

const struct jailhouse_message_frame *config_frame(const struct system_view *system, u32 n)
{
	const struct cell_view *view = &system->root;
	const struct jailhouse_extension_record *record;

	for (u32 at = 0; at < view->extension_size; at += (u32)align_up(record->size, 8)) {
		record = (const void *)(view->extension + at);
		if (record->kind == JAILHOUSE_EXTENSION_MESSAGE_FRAME && n-- == 0)
			return (const void *)record;
	}
	return NULL;
}
