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

/* A ring of commands of 16 bytes in one page. */
struct fake_ring {
	u64 head, tail;
	u32 delay;
};

struct fake_entry *fake_cached_entry(struct fake_caches *caches, u16 bdf);
void fake_cache_entry(struct fake_caches *caches, const struct fake_entry *entry);
/*
 * True: *page, of which domain, page and root are set, is remembered; it is of these tables, or that is
 * a violation.
 */
bool fake_recall_page(const struct fake_caches *caches, struct fake_translation *page);
/* What a walk found, remembered unless it has no rights. */
void fake_remember_page(struct fake_caches *caches, struct fake_translation *page);
void fake_forget_entries(struct fake_caches *caches);
void fake_forget_pages(struct fake_caches *caches);
/* Only the pages of one domain. */
void fake_forget_domain(struct fake_caches *caches, u16 domain);
/* The unit's tail register is written: one batch after the other, and none while the ring stands. */
void fake_ring_write_tail(const char *unit, struct fake_ring *ring, u64 tail, bool runs);
/* The batch is there, and due. */
bool fake_ring_due(struct fake_ring *ring);
void fake_ring_next(struct fake_ring *ring);

#endif
