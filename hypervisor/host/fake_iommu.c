// SPDX-License-Identifier: GPL-2.0
/*
 * Caches of a fake unit, which never lose anything by themselves (a full one ends the test), and its
 * ring of commands.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <host/fake_iommu.h>

static void fake_cache_full(void)
{
	fprintf(stderr, "the fake unit's cache is too small for this test\n");
	abort();
}

struct fake_entry *fake_cached_entry(struct fake_caches *caches, u16 bdf)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++)
		if (caches->entries[i].valid && caches->entries[i].bdf == bdf)
			return &caches->entries[i];
	return NULL;
}

void fake_cache_entry(struct fake_caches *caches, const struct fake_entry *entry)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++) {
		if (!caches->entries[i].valid) {
			caches->entries[i] = *entry;
			return;
		}
	}
	fake_cache_full();
}

/* A unit that held both could mix them (Arm SMMUv3, 3.21.1). */
static void fake_check_root(const struct fake_caches *caches, const struct fake_translation *page)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++)
		if (caches->translations[i].valid && caches->translations[i].domain == page->domain &&
		    caches->translations[i].root != page->root)
			fake_violation("domain %u means the tables at 0x%llx and at 0x%llx", page->domain,
				       caches->translations[i].root, page->root);
}

bool fake_recall_page(const struct fake_caches *caches, struct fake_translation *page)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++) {
		const struct fake_translation *hit = &caches->translations[i];

		if (!hit->valid || hit->domain != page->domain || hit->page != page->page)
			continue;
		if (hit->root != page->root)
			fake_violation("domain %u has tables at 0x%llx and uses what it knows of 0x%llx",
				       hit->domain, page->root, hit->root);
		*page = *hit;
		return true;
	}
	return false;
}

void fake_remember_page(struct fake_caches *caches, struct fake_translation *page)
{
	page->valid = true;
	page->out &= ~PAGE_MASK;
	if (!page->rights)
		return;
	fake_check_root(caches, page);
	for (unsigned i = 0; i < FAKE_CACHE; i++) {
		if (!caches->translations[i].valid) {
			caches->translations[i] = *page;
			return;
		}
	}
	fake_cache_full();
}

void fake_forget_entries(struct fake_caches *caches)
{
	memset(caches->entries, 0, sizeof(caches->entries));
}

void fake_forget_pages(struct fake_caches *caches)
{
	memset(caches->translations, 0, sizeof(caches->translations));
}

void fake_forget_domain(struct fake_caches *caches, u16 domain)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++)
		if (caches->translations[i].domain == domain)
			caches->translations[i].valid = false;
}

void fake_ring_write_tail(const char *unit, struct fake_ring *ring, u64 tail, bool runs)
{
	if (tail % 16 || tail >= PAGE_SIZE)
		fake_violation("%s: command tail 0x%llx", unit, tail);
	if (runs && ring->head != ring->tail)
		fake_violation("%s: batch queued behind one that has not ended", unit);
	ring->tail = tail;
	if (runs)
		ring->delay = fake_delay();
	else if (tail)
		fake_violation("%s: command tail moved with the ring stopped", unit);
}

bool fake_ring_due(struct fake_ring *ring)
{
	return ring->head != ring->tail && fake_due(&ring->delay);
}

void fake_ring_next(struct fake_ring *ring)
{
	ring->head = (ring->head + 16) % PAGE_SIZE;
}
