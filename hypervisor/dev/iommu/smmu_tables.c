// SPDX-License-Identifier: GPL-2.0
/* The streams of a plan, one after the other, for either kind of SMMU. */
#include <dev/iommu/smmu.h>

/* Two rows for one stream: an SMMUv2 may do anything then (IHI 0062, 2.2.2). */
static bool smmu_is_matched(const struct plan_stream *first, const struct plan_stream *stream)
{
	for (; first < stream; first++)
		if (((first->id ^ stream->id) & ~first->mask & ~stream->mask) == 0)
			return true;
	return false;
}

enum status smmu_build(struct iommu_build *build, u32 pages, u32 oas, u32 ids, u32 masks,
		       smmu_add_t *add, u64 *table)
{
	const struct plan *plan = build->plan;
	const struct plan_stream *stream = plan_streams(plan), *end = stream + plan->streams.count;
	const struct iommu_unit *unit = build->unit;
	struct pool *pool = unit->pool;
	enum status why = OK;

	build->image = pool_alloc(pool, pages, 1, build->owner);
	if (!build->image)
		return STATUS_NO_MEMORY;
	build->before = unit->tables ? pool_virt(pool, unit->tables) : build->image;
	if (!stage2_reaches(plan, oas))
		return IOMMU_ADDRESS;
	for (; stream < end && why == OK; stream++) {
		const struct iommu_domain *domain = &build->domains[stream->cell];

		if ((stream->id & ~ids) | (stream->mask & ~masks) ||
		    (masks && smmu_is_matched(plan_streams(plan), stream)))
			return IOMMU_STREAM;
		if (domain->root.value)
			why = stage2_fits(domain) ? add(build, stream, domain) : IOMMU_DOMAIN;
	}
	*table = pool_phys(pool, build->image);
	return why;
}
