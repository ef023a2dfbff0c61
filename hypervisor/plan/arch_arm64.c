// SPDX-License-Identifier: GPL-2.0
/* Rows that only an Arm machine has: the GICv2's interface for guests, and stream ids. */
#include <plan/build.h>
#include <pt/pt.h>

/* A guest of a GICv2 has the virtual CPU interface where the machine has the real one. */
static void put_gicv(struct builder *builder, unsigned cell)
{
	const struct jailhouse_system *header = builder->input->set->system->header;
	const u64 base = header->platform_info.arm.gicc_base;

	if (header->platform_info.arm.gic_version != 2)
		return;
	sink_put(&builder->maps, &(struct plan_map){
		.first = base, .last = base + 0x1fff, .out = header->platform_info.arm.gicv_base,
		.kind = PLAN_MAP_GICV, .cell = (u16)cell, .region = PLAN_NONE, .owner = (u16)cell,
		.rights = PT_READ | PT_WRITE | PT_DEVICE,
	}, sizeof(struct plan_map));
}

/* Does another cell list a stream that root would have? */
static bool is_stream_taken(const struct builder *builder, const struct config_stream *stream)
{
	for (unsigned slot = 1; slot < CONFIG_MAX_CELLS; slot++) {
		const struct cell_view *view = view_of(builder, slot);

		for (unsigned i = 0; view && i < view->desc->num_stream_ids; i++)
			if (config_streams_meet(*stream, config_stream(builder->input->set->system,
								       &view->stream_ids[i])))
				return true;
	}
	return false;
}

static void build_streams(struct builder *builder, unsigned cell)
{
	const struct cell_view *view = view_of(builder, cell);

	for (unsigned i = 0; i < view->desc->num_stream_ids; i++) {
		const struct config_stream stream =
			config_stream(builder->input->set->system, &view->stream_ids[i]);

		if (cell != 0 || !is_stream_taken(builder, &stream))
			sink_put(&builder->streams, &(struct plan_stream){
				.id = stream.id, .mask = stream.mask,
				.cell = (u16)cell, .index = (u16)i,
			}, sizeof(struct plan_stream));
	}
}

static void rows(struct builder *builder, unsigned cell)
{
	put_gicv(builder, cell);
	build_streams(builder, cell);
}

const struct plan_arch plan_arm64 = { .rows = rows };
