// SPDX-License-Identifier: GPL-2.0
/* The 64 bytes at the start of an arm64 kernel Image, and of what people mistake for one. */
#include <string.h>

#include "file.h"
#include "linux_place.h"
#include "report.h"

struct image_head {
	u32 code[2];
	u64 offset;
	u64 size;	/* memory it takes; 0 before Linux 3.17 */
	u64 flags;
	u64 reserved[3];
	char magic[4];
	u32 pe_header;
} __attribute__((packed));

_Static_assert(sizeof(struct image_head) == 64, "layout");

#define IMAGE_BIG_ENDIAN 0x1ULL
#define IMAGE_MAX (1ULL << 32)		/* no kernel comes near; keeps sums from wrapping */

/* Files by which a user may try to start Linux, and what turns them into one that works. */
static const struct file_mark others[] = {
	{ 0, "\xfd" "7zXZ", "compressed by xz; unpack it: xz -dc FILE >Image" },
	{ 0, "\x28\xb5\x2f\xfd", "compressed by zstd; unpack it: zstd -dc FILE >Image" },
	{ 4, "zimg", "a kernel that unpacks itself under EFI; take arch/arm64/boot/Image of the "
		     "same build" },
	{ 0x202, "HdrS", "a kernel for x86; take one for arm64" },
	{ 0, "\x7f" "ELF", "an ELF file; take arch/arm64/boot/Image of the same build" },
	{ 0 }
};

static bool refuse_other(const unsigned char *image, size_t size, const char *path)
{
	const char *what = file_mark_of(others, image, size);

	if (what)
		return refuse("%s is %s", path, what), false;
	return refuse("%s is no arm64 kernel Image, the letters \"ARM\" and a \"d\" are not at byte "
		      "56", path), false;
}

bool linux_kernel_read(struct linux_kernel *kernel, const void *image, size_t size,
		       const char *path)
{
	struct image_head head;

	if (size < sizeof(head) || memcmp((const char *)image + 56, "ARM\x64", 4) != 0)
		return refuse_other(image, size, path);
	memcpy(&head, image, sizeof(head));
	if (head.flags & IMAGE_BIG_ENDIAN)
		return refuse("%s is big-endian; cells start little-endian kernels", path), false;
	if (head.offset >= 0x200000 || head.size > IMAGE_MAX || size > IMAGE_MAX)
		return refuse("%s: its head wants offset 0x%llx and 0x%llx bytes, which no kernel "
			      "does; is it cut off or damaged?", path, head.offset, head.size),
		       false;
	kernel->offset = head.size ? head.offset : 0x80000;
	kernel->size = head.size > size ? head.size : size;
	return true;
}
