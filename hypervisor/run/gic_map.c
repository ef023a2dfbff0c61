// SPDX-License-Identifier: GPL-2.0
/*
 * Which CPUs an affinity names, and SGIs that stay inside a cell. The key of a cluster is its Aff1,
 * Aff2, Aff3 and the upper half of Aff0 where ICC_SGI1R_EL1 has them (IHI 0069, 12.2).
 */
#include <run/gic.h>

#define SGI_TO_OTHERS	(1ULL << 40)	/* ICC_SGI1R_EL1.IRM */
#define SGI_ID		(15U << 24)
#define SGI_KEY		0x00fff0ff00ff0000ULL
#define IN_USE		1U	/* in the key of a cluster with a CPU */

u64 gic_map_key(u64 affinity)
{
	return (affinity >> 8 & 0xff) << 16 | (affinity >> 16 & 0xff) << 32 |
	       (affinity >> 4 & 15) << 44 | (affinity >> 32 & 0xff) << 48;
}

/* The cluster with this key, or the first free one. */
static struct gic_cluster *find(struct gic_map *map, u64 key)
{
	struct gic_cluster *cluster = map->clusters;

	while (cluster->key && cluster->key != key)
		cluster++;
	return cluster;
}

bool gic_map_add(struct gic_map *map, unsigned cell, u64 mpidr)
{
	u64 key = gic_map_key(mpidr) | IN_USE;
	struct gic_cluster *cluster = find(map, key);

	if (cluster == &map->clusters[GIC_CLUSTERS])
		return false;
	cluster->key = key;
	cluster->targets[cell] |= (u16)(1U << (mpidr & 15));
	return true;
}

void gic_map_clear(struct gic_map *map, unsigned cell)
{
	for (unsigned i = 0; i < GIC_CLUSTERS; i++)
		map->clusters[i].targets[cell] = 0;
}

bool gic_map_has(struct gic_map *map, unsigned cell, u64 affinity)
{
	return find(map, gic_map_key(affinity) | IN_USE)->targets[cell] >> (affinity & 15) & 1;
}

u64 gic_sgi(const struct gic_map *map, unsigned cell, u64 self, u64 value, unsigned *next,
	    u32 *foreign)
{
	const bool others = value & SGI_TO_OTHERS;
	const u64 key = (others ? gic_map_key(self) : value & SGI_KEY) | IN_USE;
	const u32 here = others ? ~(1U << (self & 15)) : (u16)value, elsewhere = others ? ~0U : 0;

	if ((value & SGI_ID) == GIC_KICK << 24)
		return 0;
	if (*next == 0 && !others)
		*foreign = here;
	for (;;) {
		const struct gic_cluster *cluster = &map->clusters[*next];
		u32 list = cluster->targets[cell] & (cluster->key == key ? here : elsewhere);

		if (!cluster->key)
			return 0;
		++*next;
		*foreign &= ~list;
		if (list)
			return (value & SGI_ID) | (cluster->key & ~(u64)IN_USE) | list;
	}
}
