// SPDX-License-Identifier: GPL-2.0
/*
 * Which CPUs an affinity names, and SGIs that stay inside a cell. A key is a cluster: Aff1, Aff2,
 * Aff3 and the upper half of Aff0, a byte each from the lowest on.
 */
#include <run/gic.h>

#define SGI_TO_OTHERS	(1ULL << 40)	/* ICC_SGI1R_EL1.IRM */
#define SGI_ID(value)	((value) >> 24 & 15)

static u32 key_of_cpu(u64 affinity)
{
	return (u32)((affinity >> 8 & 0xffff) | (affinity >> 32 & 0xff) << 16 |
		     (affinity >> 4 & 15) << 24);
}

/* IHI 0069, 12.2 ICC_SGI1R_EL1: Aff1 at 16, Aff2 at 32, RS at 44, Aff3 at 48. */
static u32 key_of_sgi(u64 value)
{
	return (u32)((value >> 16 & 0xff) | (value >> 32 & 0xff) << 8 | (value >> 48 & 0xff) << 16 |
		     (value >> 44 & 15) << 24);
}

static u64 sgi_of_key(u64 key)
{
	return (key & 0xff) << 16 | (key >> 8 & 0xff) << 32 | (key >> 16 & 0xff) << 48 |
	       (key >> 24 & 15) << 44;
}

static unsigned find(const struct gic_map *map, u32 key)
{
	unsigned i = 0;

	while (i < map->count && map->clusters[i].key != key)
		i++;
	return i;
}

bool gic_map_add(struct gic_map *map, unsigned cell, u64 mpidr)
{
	u32 key = key_of_cpu(mpidr);
	unsigned i = find(map, key);

	if (i == GIC_CLUSTERS)
		return false;
	if (i == map->count)
		map->clusters[map->count++].key = key;
	map->clusters[i].targets[cell] |= (u16)(1U << (mpidr & 15));
	return true;
}

void gic_map_clear(struct gic_map *map, unsigned cell)
{
	for (unsigned i = 0; i < map->count; i++)
		map->clusters[i].targets[cell] = 0;
}

bool gic_map_has(const struct gic_map *map, unsigned cell, u64 affinity)
{
	unsigned i = find(map, key_of_cpu(affinity));

	return i < map->count && map->clusters[i].targets[cell] >> (affinity & 15) & 1;
}

u64 gic_sgi(const struct gic_map *map, unsigned cell, u64 self, u64 value, unsigned *next,
	    u16 *foreign)
{
	const u32 key = key_of_sgi(value);

	if (*next == 0)
		*foreign = value & SGI_TO_OTHERS || SGI_ID(value) == GIC_KICK ? 0 : (u16)value;
	while (*next < map->count && SGI_ID(value) != GIC_KICK) {
		const struct gic_cluster *cluster = &map->clusters[(*next)++];
		u16 list = cluster->targets[cell];

		if (value & SGI_TO_OTHERS) {
			if (cluster->key == key_of_cpu(self))
				list &= (u16)~(1U << (self & 15));
		} else if (cluster->key == key) {
			list &= (u16)value;
			*foreign &= (u16)~list;
			*next = map->count;
		} else {
			continue;
		}
		if (list)
			return SGI_ID(value) << 24 | sgi_of_key(cluster->key) | list;
	}
	return 0;
}
