// SPDX-License-Identifier: GPL-2.0
/*
 * What an AMD-Vi unit says about DMA it has blocked. The log is one page that only the unit writes;
 * here it is read, and the head register moved. Its interrupt stays disabled, the log is polled.
 *
 * QEMU's model logs less than hardware: no event for an entry that is 0 in a page table, none for a
 * leaf without the right, and only devfn as device. The DMA is blocked all the same.
 */
#include <dev/iommu/amdvi/amdvi.h>

static const char *const amdvi_codes[16] = {
	[AMDVI_EVENT_ILLEGAL_DTE] = "the device table entry is invalid",
	[AMDVI_EVENT_PAGE_FAULT] = "the cell's config gives no DMA access to this address",
	[AMDVI_EVENT_DEVTAB_ERROR] = "the device table could not be read",
	[AMDVI_EVENT_PAGETAB_ERROR] = "a page table could not be read",
	[AMDVI_EVENT_ILLEGAL_COMMAND] = "the unit met an illegal command",
	[AMDVI_EVENT_COMMAND_ERROR] = "the unit could not read its command ring",
	[AMDVI_EVENT_INVALID_REQUEST] = "the device sent a request it may not send",
};

static void amdvi_decode(const struct amdvi_event *event, struct iommu_fault *fault)
{
	unsigned code = (unsigned)field_get(AMDVI_EVENT_CODE, event->lo);
	const char *text = amdvi_codes[code];
	bool own = code == AMDVI_EVENT_ILLEGAL_COMMAND || code == AMDVI_EVENT_COMMAND_ERROR;

	*fault = (struct iommu_fault) {
		.requester = own ? IOMMU_NO_DEVICE : (u32)field_get(AMDVI_EVENT_DEVICE, event->lo),
		.write = event->lo & AMDVI_EVENT_RW,
		.address = event->address,
		.reason = (u32)field_get(AMDVI_EVENT_REASON, event->lo),
		.text = text ? text : "see the AMD-Vi specification, 2.5",
	};
}

/* After an overflow the unit logs nothing until the log is switched off and on (2.5.2). */
static void amdvi_restart_log(struct iommu_unit *unit)
{
	u64 control = unit->state[AMDVI_CONTROL];

	iommu_write64(unit, AMDVI_CONTROL_REG, control & ~AMDVI_CONTROL_EVENT_LOG_EN);
	/* A log that does not stop cannot be restarted; DMA stays confined without it. */
	if (amdvi_wait(unit, AMDVI_STATUS_EVENT_RUN, 0, IOMMU_WAIT_QUEUE) != OK)
		return;
	iommu_write64(unit, AMDVI_STATUS_REG, AMDVI_STATUS_EVENT_OVERFLOW | AMDVI_STATUS_EVENT_INT);
	iommu_write64(unit, AMDVI_CONTROL_REG, control);
	(void)amdvi_wait(unit, AMDVI_STATUS_EVENT_RUN, AMDVI_STATUS_EVENT_RUN, IOMMU_WAIT_QUEUE);
}

bool amdvi_take_fault(struct iommu_unit *unit, struct iommu_fault *fault)
{
	const struct amdvi_event *log = (const void *)(unit->pages + AMDVI_EVENTS_OFFSET);
	u64 head = iommu_read64(unit, AMDVI_EVT_HEAD_REG) / sizeof(*log) % AMDVI_RING_ENTRIES;
	u64 tail = iommu_read64(unit, AMDVI_EVT_TAIL_REG) / sizeof(*log) % AMDVI_RING_ENTRIES;
	bool overflow = iommu_read64(unit, AMDVI_STATUS_REG) & AMDVI_STATUS_EVENT_OVERFLOW;

	if (head != tail) {
		amdvi_decode(&log[head], fault);
		fault->overflow = overflow;
		iommu_write64(unit, AMDVI_EVT_HEAD_REG,
			    (head + 1) % AMDVI_RING_ENTRIES * sizeof(*log));
		return true;
	}
	if (overflow)
		amdvi_restart_log(unit);
	return false;
}
