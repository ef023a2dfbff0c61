// SPDX-License-Identifier: GPL-2.0
/*
 * Any indices and any records, as a broken unit may show them: taking faults ends, reads records of the
 * queue only, moves the consumer index by one, and has a sentence for each.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <dev/iommu/smmuv3/smmuv3.h>
#include <host/fake_smmuv3.h>

#define PAGES 3

static void demand(bool holds)
{
	if (!holds)
		abort();
}

static void take_all(struct iommu_unit *unit, const struct fake_smmuv3 *fake)
{
	u32 indices = (2U << unit->state[SMMUV3_EVENTS]) - 1, taken = 0;
	struct iommu_fault fault;

	for (;;) {
		u32 before = fake->eventq_cons & indices;

		if (!smmuv3_take_fault(unit, &fault))
			break;
		demand((fake->eventq_cons & indices) == ((before + 1) & indices));
		demand(fault.stream && fault.text[0]);
		demand(!fault.overflow || taken == 0);
		demand(taken++ <= indices);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static u8 memory[PAGES][PAGE_SIZE] __attribute__((aligned(4096)));
	static u8 owners[PAGES];
	struct iommu_unit unit = { .ops = &iommu_smmuv3 };
	struct fake_smmuv3 fake;
	struct pool pool;
	u32 words[4] = { 0 };

	memcpy(words, data, size < sizeof(words) ? size : sizeof(words));
	pool_init(&pool, memory, 0x100000, owners, PAGES);
	fake_memory_open(&pool);
	fake_smmuv3_open(&fake);
	fake.eventq_prod = words[0];
	fake.eventq_cons = words[1];
	fake.gerror = words[2] & 4;
	unit.registers = fake.window.base;
	unit.pool = &pool;
	unit.caps.coherent = words[3] & 1;
	unit.state[SMMUV3_EVENTS] = (words[3] >> 1) % (SMMUV3_EVENTS_LOG2 + 1);
	unit.pages = memory[0];
	memset(memory, 0xa5, sizeof(memory));
	if (size > sizeof(words))
		memcpy(memory[1] + SMMUV3_EVENTS_OFFSET, data + sizeof(words),
		       size - sizeof(words) < PAGE_SIZE / 2 ? size - sizeof(words) : PAGE_SIZE / 2);
	take_all(&unit, &fake);
	demand(fake_violations() == 0);
	fake_smmuv3_close(&fake);
	fake_memory_close();
	return 0;
}
