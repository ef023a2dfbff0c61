// SPDX-License-Identifier: GPL-2.0
/*
 * Which CPUs an affinity names, and SGIs that stay inside a cell. The key of a cluster is its Aff1,
 * Aff2, Aff3 and the upper half of Aff0 where ICC_SGI1R_EL1 has them (IHI 0069, 12.2).
 */
#include <run/gic.h>

#define SGI_TO_OTHERS	(1ULL << 40)	/* ICC_SGI1R_EL1.IRM */
#define SGI_ID		(15U << 24)
#define SGI_KEY		0x00fff0ff00ff0000ULL

u64 gic_map_key(u64 affinity)
{
	return (affinity >> 8 & 0xff) << 16 | (affinity >> 16 & 0xff) << 32 |
	       (affinity >> 4 & 15) << 44 | (affinity >> 32 & 0xff) << 48;
}

/* The cluster with this key, or the free one behind all that are in use. */
static const struct gic_cluster *find(const struct gic_map *map, u64 key)
{
	const struct gic_cluster *cluster = map->clusters;

	while (cluster < &map->clusters[map->count] && cluster->key != key)
		cluster++;
	return cluster;
}

bool gic_map_add(struct gic_map *map, unsigned cell, u64 mpidr)
{
	u64 key = gic_map_key(mpidr);
	u64 i = (u64)(find(map, key) - map->clusters);

	if (i == GIC_CLUSTERS)
		return false;
	if (i == map->count)
		map->clusters[map->count++].key = key;
	map->clusters[i].targets[cell] |= (u16)(1U << (mpidr & 15));
	return true;
}

void gic_map_clear(struct gic_map *map, unsigned cell)
{
	for (unsigned i = 0; i < GIC_CLUSTERS; i++)
		map->clusters[i].targets[cell] = 0;
}

bool gic_map_has(const struct gic_map *map, unsigned cell, u64 affinity)
{
	return find(map, gic_map_key(affinity))->targets[cell] >> (affinity & 15) & 1;
}

u64 gic_sgi(const struct gic_map *map, unsigned cell, u64 self, u64 value, unsigned *next,
	    u16 *foreign)
{
	const bool others = value & SGI_TO_OTHERS, kick = (value & SGI_ID) == GIC_KICK << 24;
	const u64 key = others ? gic_map_key(self) : value & SGI_KEY;
	const u16 here = (u16)(others ? ~(1U << (self & 15)) : value), elsewhere = others ? 0xffff : 0;

	if (*next == 0)
		*foreign = others || kick ? 0 : here;
	while (*next < map->count && !kick) {
		const struct gic_cluster *cluster = &map->clusters[(*next)++];
		u16 list = cluster->targets[cell] & (cluster->key == key ? here : elsewhere);

		*foreign &= (u16)~list;
		if (list)
			return (value & SGI_ID) | cluster->key | list;
	}
	return 0;
}
