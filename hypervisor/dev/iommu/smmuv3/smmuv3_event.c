// SPDX-License-Identifier: GPL-2.0
/*
 * What an SMMUv3 says about DMA it has aborted (7.2, 7.3). The queue is half a page that only the
 * unit writes; here it is read, and the consumer index moved. Its interrupt stays off, it is polled.
 *
 * An event of a stream without entry names the stream only. QEMU's model writes no event for a
 * write to a read-only page that it has cached; the write is aborted all the same.
 */
#include <dev/iommu/smmuv3/smmuv3.h>

static const struct smmuv3_row {
	u8 type;
	bool blind;	/* the record has no address */
	u8 text;	/* enum smmu_text */
} smmuv3_events[] = {
	{ 0x01, false, SMMU_REQUEST },
	{ 0x02, true, SMMU_NO_STREAM },
	{ 0x03, true, SMMU_NO_STREAM_TABLE },
	{ 0x04, true, SMMU_NO_STREAM },
	{ 0x05, false, SMMU_TRANSLATIONS },
	{ 0x07, false, SMMU_TRANSLATED },
	{ 0x08, true, SMMU_SPACE },
	{ 0x0b, false, SMMU_NO_TABLE },
	{ 0x10, false, SMMU_NO_ADDRESS },
	{ 0x11, false, SMMU_WIDTH },
	{ 0x13, false, SMMU_NO_RIGHT },
	{ 0, true, SMMU_OTHER_V3 },	/* any other */
};

void smmuv3_decode(const struct smmuv3_event *event, struct iommu_fault *fault)
{
	u32 type = (u32)field_get(SMMUV3_EVENT0_TYPE, event->q[0]);
	const struct smmuv3_row *row = smmuv3_events;

	while (row->type && row->type != type)
		row++;
	*fault = (struct iommu_fault) {
		.requester = (u32)field_get(SMMUV3_EVENT0_STREAM, event->q[0]),
		.stream = true,
		.blind = row->blind,
		.write = !(event->q[1] & SMMUV3_EVENT1_READ),
		.address = event->q[2],
		.reason = type,
		.text = smmu_text(row->text),
	};
}

/*
 * The unit records nothing more until this is acknowledged (7.2.1), be the queue empty or not; the next
 * record tells it. QEMU's unit says so when the queue is full, too.
 */
static void smmuv3_failed_to_record(struct iommu_unit *unit)
{
	u32 acknowledged = iommu_read32(unit, SMMUV3_GERRORN_REG);
	u32 failed = (iommu_read32(unit, SMMUV3_GERROR_REG) ^ acknowledged) & SMMUV3_GERROR_EVENTQ;

	iommu_write32(unit, SMMUV3_GERRORN_REG, acknowledged ^ failed);
	unit->state[SMMUV3_LOST] |= failed;
}

/* After an overflow the unit records again when there is room; told once (7.4). */
bool smmuv3_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	const struct smmuv3_event *event = (const void *)(unit->pages + SMMUV3_QUEUES_OFFSET +
							  SMMUV3_EVENTS_OFFSET);
	u32 indices = (2U << unit->state[SMMUV3_EVENTS]) - 1;
	u32 prod = iommu_read32(unit, SMMUV3_EVENTQ_PROD_REG);
	u32 cons = iommu_read32(unit, SMMUV3_EVENTQ_CONS_REG);

	smmuv3_failed_to_record(unit);
	if (((prod ^ cons) & indices) == 0)
		return false;
	/* What the unit wrote is read after the index that says so. */
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	event += cons & (indices / 2);
	if (!unit->caps.coherent)
		port_cache_flush(event, sizeof(*event));	/* also forgets the line */
	smmuv3_decode(event, fault);
	fault->overflow = unit->state[SMMUV3_LOST] | ((prod ^ cons) & SMMUV3_EVENTQ_OVERFLOW);
	unit->state[SMMUV3_LOST] = 0;
	iommu_write32(unit, SMMUV3_EVENTQ_CONS_REG,
		      ((cons + 1) & indices) | (prod & SMMUV3_EVENTQ_OVERFLOW));
	return true;
}
