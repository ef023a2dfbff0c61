// SPDX-License-Identifier: GPL-2.0
/* Caches of a fake unit. They never lose anything by themselves; a full one ends the test. */
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

struct fake_translation *fake_cached_page(struct fake_caches *caches, u16 domain, u64 iova)
{
	for (unsigned i = 0; i < FAKE_CACHE; i++) {
		struct fake_translation *entry = &caches->translations[i];

		if (entry->valid && entry->domain == domain && entry->page == iova >> PAGE_SHIFT)
			return entry;
	}
	return NULL;
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

void fake_check_hit(const struct fake_translation *hit, u64 root)
{
	if (hit && hit->root != root)
		fake_violation("domain %u uses what it remembers of the tables at 0x%llx, and has 0x%llx",
			       hit->domain, hit->root, root);
}

void fake_cache_page(struct fake_caches *caches, const struct fake_translation *translation)
{
	fake_check_root(caches, translation);
	for (unsigned i = 0; i < FAKE_CACHE; i++) {
		if (!caches->translations[i].valid) {
			caches->translations[i] = *translation;
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
