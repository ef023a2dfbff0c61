// SPDX-License-Identifier: GPL-2.0
/*
 * What an SMMUv3 says about DMA it has aborted (7.2, 7.3). The queue is half a page that only the
 * unit writes; here it is read, and the consumer index moved. Its interrupt stays off, it is polled.
 *
 * An event of a stream without entry names the stream only. QEMU's model writes no event for a
 * write to a read-only page that it has cached; the write is aborted all the same.
 */
#include <dev/iommu/smmuv3/smmuv3.h>

static const struct {
	u8 type;
	bool blind;	/* the record has no address */
	const char *text;
} smmuv3_events[] = {
	{ 0x01, false, "the device sent a request it may not send" },
	{ 0x02, true, "no cell's config lists this stream id" },
	{ 0x03, true, "the stream table could not be read" },
	{ 0x04, true, "no cell's config lists this stream id" },
	{ 0x05, false, "the device asked for translations" },
	{ 0x07, false, "the device sent an address it claims to have translated itself" },
	{ 0x08, true, "the device named an address space of its own" },
	{ 0x0b, false, "a page table could not be read" },
	{ 0x10, false, "the cell's config gives no DMA access to this address" },
	{ 0x11, false, "the address is beyond the width of the tables" },
	{ 0x13, false, "the cell's config gives no DMA access of this kind to this address" },
};
#define SMMUV3_EVENT_KINDS (sizeof(smmuv3_events) / sizeof(smmuv3_events[0]))

/* The row of a type; SMMUV3_EVENT_KINDS: it has none. */
static unsigned smmuv3_row(u32 type)
{
	unsigned row = 0;

	while (row < SMMUV3_EVENT_KINDS && smmuv3_events[row].type != type)
		row++;
	return row;
}

const char *smmuv3_explain(const struct iommu_fault *fault)
{
	unsigned row = smmuv3_row(fault->reason);

	return row < SMMUV3_EVENT_KINDS ? smmuv3_events[row].text : "see the events in the SMMUv3 specification";
}

struct iommu_fault smmuv3_decode(const struct smmuv3_event *event)
{
	u32 type = (u32)field_get(SMMUV3_EVENT0_TYPE, event->q[0]);
	unsigned row = smmuv3_row(type);

	return (struct iommu_fault) {
		.requester = (u32)field_get(SMMUV3_EVENT0_STREAM, event->q[0]),
		.stream = true,
		.blind = row == SMMUV3_EVENT_KINDS || smmuv3_events[row].blind,
		.write = !(event->q[1] & SMMUV3_EVENT1_READ),
		.address = event->q[2],
		.reason = type,
	};
}

/* The record at an index; what the unit wrote is read after the index that says so. */
static struct iommu_fault smmuv3_take_record(const struct iommu_unit *unit, u32 index)
{
	const struct smmuv3_event *queue =
		pool_virt(unit->pool, unit->state[SMMUV3_QUEUES] + SMMUV3_EVENTS_OFFSET);

	queue += index & ((1U << unit->state[SMMUV3_EVENTS]) - 1);
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	if (!unit->caps.coherent)
		port_cache_flush(queue, sizeof(*queue));	/* also forgets the line */
	return smmuv3_decode(queue);
}

/* QEMU's unit says so when the queue is full, too. */
static bool smmuv3_failed_to_record(const struct iommu_unit *unit)
{
	u32 acknowledged = smmuv3_read(unit, SMMUV3_GERRORN_REG);
	u32 failed = (smmuv3_read(unit, SMMUV3_GERROR_REG) ^ acknowledged) & SMMUV3_GERROR_EVENTQ;

	if (failed)
		smmuv3_write(unit, SMMUV3_GERRORN_REG, acknowledged ^ failed);
	return failed;
}

/* After an overflow the unit records again when there is room; told once (7.4). */
bool smmuv3_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	u32 indices = (2U << unit->state[SMMUV3_EVENTS]) - 1;
	u32 prod = smmuv3_read(unit, SMMUV3_EVENTQ_PROD_REG);
	u32 cons = smmuv3_read(unit, SMMUV3_EVENTQ_CONS_REG);
	bool lost = (prod ^ cons) & SMMUV3_EVENTQ_OVERFLOW;

	if (((prod ^ cons) & indices) == 0)
		return false;
	*fault = smmuv3_take_record(unit, cons & indices);
	fault->overflow = smmuv3_failed_to_record(unit) || lost;
	smmuv3_write(unit, SMMUV3_EVENTQ_CONS_REG,
		     ((cons + 1) & indices) | (prod & SMMUV3_EVENTQ_OVERFLOW));
	return true;
}
