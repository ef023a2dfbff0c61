// SPDX-License-Identifier: GPL-2.0
/*
 * Frames that turn a write into an interrupt, as the system config's extension block names them: a
 * GICv2m raises some shared interrupts for whoever writes there, CPU or device, and an ITS any message.
 */
#include <base/bits.h>
#include <config/gic.h>
#include <config/rules.h>

#define NOBODY CONFIG_MAX_CELLS

enum status rule_no_frames(const struct rule_context *context)
{
	const struct jailhouse_message_frame *frame = config_frame(context->system, 0);

	return frame ? rule_refuse(context, STATUS_FRAME_NONE, frame->base, frame->bytes) : OK;
}

/* A frame that lies on another window shows that one of the two is not where the config says. */
enum status rule_frame_shape(const struct rule_context *context)
{
	const struct jailhouse_message_frame *frame;
	enum status status = OK;

	for (u32 n = 0; status == OK && (frame = config_frame(context->system, n)); n++) {
		if (!is_aligned(frame->base | frame->bytes, 0x1000) ||
		    !rule_below(frame->base, frame->bytes, rule_phys_limit(context)))
			return rule_refuse(context, STATUS_FRAME_SHAPE, frame->base, frame->bytes);
		if (frame->count && (frame->first < GIC_SPI_FIRST || frame->first > GIC_SPI_LAST ||
				     frame->count > GIC_SPI_LAST + 1 - frame->first))
			return rule_refuse(context, STATUS_FRAME_INTERRUPTS, frame->first, frame->count);
		status = rule_outside_windows(context, rule_range(frame->base, frame->bytes), false);
	}
	return status;
}

/* A cell that has all of the frame for itself takes it from root. */
static bool takes(const struct jailhouse_memory *region, const struct jailhouse_message_frame *frame)
{
	return !(region->flags & (JAILHOUSE_MEM_ROOTSHARED | JAILHOUSE_MEM_COMM_REGION)) &&
	       region->phys_start <= frame->base &&
	       frame->base + frame->bytes - region->phys_start <= region->size;
}

static bool is_taken(const struct rule_context *context, const struct jailhouse_message_frame *frame)
{
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell_view *cell = config_cell(context->set, slot);

		for (u32 i = 0; cell && i < cell->desc->num_memory_regions; i++)
			if (takes(&cell->memory[i], frame))
				return true;
	}
	return false;
}

static bool has(const struct rule_context *context, const struct cell_view *cell, u32 id)
{
	struct jailhouse_irqchip chip;

	for (u32 i = 0; config_chip(context->system, cell, i, &chip); i++)
		if (id - chip.pin_base < 8 * sizeof(chip.pin_bitmap) &&
		    bitmap_test(chip.pin_bitmap, id - chip.pin_base))
			return true;
	return false;
}

/* Root has what it lists and no cell has. */
static unsigned owner_of(const struct rule_context *context, u32 id)
{
	for (unsigned slot = CONFIG_MAX_CELLS; slot-- > 0;)
		if (config_cell(context->set, slot) && has(context, config_cell(context->set, slot), id))
			return slot;
	return NOBODY;
}

static enum status check_owner(const struct rule_context *context, const struct jailhouse_message_frame *frame)
{
	if (frame->count == 0)
		return rule_refuse(context, STATUS_FRAME_NOBODYS, frame->base, frame->bytes);
	for (u32 n = 0; n < frame->count; n++) {
		const unsigned owner = owner_of(context, frame->first + n);

		if (owner != NOBODY && owner != context->slot)
			return rule_refuse(context, STATUS_FRAME_FOREIGN, frame->first + n, owner);
	}
	return OK;
}

/* Who reaches a frame owns what it raises. */
enum status rule_frame_owner(const struct rule_context *context)
{
	const struct jailhouse_memory *region = context->entry;
	enum status status = OK;
	const struct jailhouse_message_frame *frame;

	if (region->size == 0 || rule_is_comm(region))
		return OK;
	for (u32 n = 0; status == OK && (frame = config_frame(context->system, n)); n++)
		if (range_overlap(rule_range(region->phys_start, region->size),
				  rule_range(frame->base, frame->bytes)) &&
		    !(context->slot == 0 && is_taken(context, frame)))
			status = check_owner(context, frame);
	return status;
}
