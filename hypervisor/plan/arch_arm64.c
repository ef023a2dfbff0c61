// SPDX-License-Identifier: GPL-2.0
/* Rows that only an Arm machine has: the GICv2's interface for guests, and stream ids. */
#include <plan/build.h>
#include <pt/pt.h>

/* A guest of a GICv2 has the virtual CPU interface where the machine has the real one. */
static void put_gicv(struct builder *builder)
{
	const struct jailhouse_system *header = builder->system->header;
	const u64 base = header->platform_info.arm.gicc_base;

	if (header->platform_info.arm.gic_version != 2)
		return;
	builder_put(builder, PLAN_MAPS, &(struct plan_map){
		.first = base, .last = base + 0x1fff, .out = header->platform_info.arm.gicv_base,
		.kind = PLAN_MAP_GICV, .region = PLAN_NONE, .owner = (u16)builder->cell,
		.rights = PT_READ | PT_WRITE | PT_DEVICE,
	});
}

/* A stream of root, as the system's units see it. */
struct root_stream {
	const struct system_view *system;
	struct config_stream stream;
};

static bool is_stream_met(const void *entry, void *question)
{
	const struct root_stream *root = question;

	return config_streams_meet(root->stream, config_stream(root->system, entry));
}

static void rows(struct builder *builder)
{
	struct root_stream ours = { .system = builder->system };
	const void *entry;

	put_gicv(builder);
	for (u32 i = 0; (entry = config_entry(builder->view, OBJECT_STREAM_ID, i)); i++) {
		ours.stream = config_stream(builder->system, entry);
		if (builder->cell == 0 &&
		    others_any(builder, OBJECT_STREAM_ID, is_stream_met, &ours))
			continue;
		builder_put(builder, PLAN_STREAMS, &(struct plan_stream){
			.id = ours.stream.id, .mask = ours.stream.mask, .index = (u16)i,
		});
	}
}

const struct plan_arch plan_arm64 = { .rows = rows, .io_rights = PT_DEVICE };
