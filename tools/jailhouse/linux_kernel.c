// SPDX-License-Identifier: GPL-2.0
/* The 64 bytes at the start of an arm64 kernel Image, and of what people mistake for one. */
#include <string.h>

#include "file.h"
#include "linux_place.h"
#include "report.h"

struct image_head {
	u32 code[2];
	u64 offset;
	u64 size;	/* memory it takes, zeroed data included; 0 before Linux 3.17 */
	u64 flags;
	u64 reserved[3];
	char magic[4];
	u32 pe_header;
} __attribute__((packed));

_Static_assert(sizeof(struct image_head) == 64, "layout");

#define IMAGE_BIG_ENDIAN 0x1ULL
#define OLD_OFFSET 0x80000ULL		/* of kernels whose head has no size */
#define OLD_ZEROED 0x1000000ULL		/* with once more the file, above their zeroed data */
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

/* The header that EFI reads in the same file, at image_head.pe_header (PE Format, Microsoft). */
struct pe_header {
	char signature[4];
	u16 machine, sections;
	u32 date, symbols_start, symbols;
	u16 optional_size, flags;
} __attribute__((packed));

struct pe_section {
	char name[8];
	u32 size, address, file_size, file_start;
	u32 unused[3], flags;
} __attribute__((packed));

_Static_assert(sizeof(struct pe_header) == 24 && sizeof(struct pe_section) == 40, "layout");

static u64 larger(u64 a, u64 b)
{
	return a > b ? a : b;
}

/* Bytes that the file must have: its sections, as far as their table is there. 0: no such header. */
static u64 pe_file_size(const unsigned char *image, size_t size, u32 start)
{
	u64 at = (u64)start + sizeof(struct pe_header), needed = at;
	struct pe_header header;
	struct pe_section section;

	if (memcmp(image, "MZ", 2) != 0 || start < sizeof(struct image_head))
		return 0;
	if (size < at)
		return needed;
	memcpy(&header, image + start, sizeof(header));
	if (memcmp(header.signature, "PE\0\0", 4) != 0)
		return 0;
	at += header.optional_size;
	for (unsigned i = 0; i < header.sections; i++, at += sizeof(section)) {
		needed = larger(needed, at + sizeof(section));
		if (size < needed)
			break;
		memcpy(&section, image + at, sizeof(section));
		needed = larger(needed, (u64)section.file_start + section.file_size);
	}
	return needed;
}

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
	u64 whole;

	if (size < sizeof(head) || memcmp((const char *)image + 56, "ARM\x64", 4) != 0)
		return refuse_other(image, size, path);
	memcpy(&head, image, sizeof(head));
	if (head.flags & IMAGE_BIG_ENDIAN)
		return refuse("%s is big-endian; cells start little-endian kernels", path), false;
	if (head.offset >= 0x200000 || head.size > IMAGE_MAX || size > IMAGE_MAX)
		return refuse("%s: its head wants offset 0x%llx and 0x%llx bytes, which no kernel "
			      "does; is it cut off or damaged?", path, head.offset, head.size),
		       false;
	whole = pe_file_size(image, size, head.pe_header);
	if (whole > size)
		return refuse("%s ends after %zu bytes, its sections need at least %llu; it is cut "
			      "off, copy it again", path, size, whole), false;
	kernel->offset = head.size ? head.offset : OLD_OFFSET;
	kernel->size = head.size ? larger(head.size, size) : 2 * size + OLD_ZEROED;
	return true;
}
