/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the fake units share: caches that only an invalidation empties, and the verdict on a
 * DMA.
 */
#ifndef HOST_FAKE_IOMMU_H
#define HOST_FAKE_IOMMU_H

#include <host/fake_mmio.h>

#define FAKE_CACHE 512

enum fake_access { FAKE_READ = 1, FAKE_WRITE = 2 };

/* A requester's entry as it was when the unit read it first. */
struct fake_entry {
	bool valid;
	u16 bdf;
	u64 word[4];
};

struct fake_translation {
	bool valid;
	u16 domain;
	u64 page, out;
	u64 root;	/* table it comes from, where one domain id must not mean two; else 0 */
	unsigned rights;
};

struct fake_caches {
	struct fake_entry entries[FAKE_CACHE];
	struct fake_translation translations[FAKE_CACHE];
};

struct fake_entry *fake_cached_entry(struct fake_caches *caches, u16 bdf);
void fake_cache_entry(struct fake_caches *caches, const struct fake_entry *entry);
struct fake_translation *fake_cached_page(struct fake_caches *caches, u16 domain, u64 iova);
/* A remembered translation (or NULL) is of these tables, or a violation. */
void fake_check_hit(const struct fake_translation *hit, u64 root);
void fake_cache_page(struct fake_caches *caches, const struct fake_translation *translation);
void fake_forget_entries(struct fake_caches *caches);
void fake_forget_pages(struct fake_caches *caches);

#endif
