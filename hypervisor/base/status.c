// SPDX-License-Identifier: GPL-2.0
/* What a status means to code; its name and the sentences for users are in status_text.c. */
#include <base/status.h>

static const u8 errnos[STATUS_COUNT] = {
#define STATUS_ROW(name, errno_value, rule, what, fix) [name] = errno_value,
#include <base/status_rows.h>
#undef STATUS_ROW
};

int status_errno(enum status why)
{
	return (u32)why < STATUS_COUNT ? -(int)errnos[why] : -5;
}

enum status refusal_fill(struct refusal *refusal, enum status why, const char *cell,
			 enum object object, u32 index, u64 a, u64 b)
{
	unsigned i;

	*refusal = (struct refusal){ .why = why, .object = object, .index = index, .a = a, .b = b };
	for (i = 0; i < sizeof(refusal->cell) - 1 && cell && cell[i]; i++)
		refusal->cell[i] = cell[i];
	return why;
}
