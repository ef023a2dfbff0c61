/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Talking with a cell that has its caches off. The hypervisor sees its cache, the cell sees memory; a line
 * that the hypervisor has written goes over the cell's words when it is flushed, and every line is there
 * again right after a flush, as after a prefetch.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <boot/comm.c>

#define LINE 64u
#define PAGE 4096u
#define COMM 0x5000

struct machine machine;

static union page {
	u8 bytes[PAGE];
	struct jailhouse_comm_region comm;
} cache, filled, memory;	/* filled: what memory was when the cache took it */

static struct jailhouse_system header;
static struct jailhouse_cell_desc description;
static struct {
	struct plan plan;
	struct plan_cell cells[CONFIG_MAX_CELLS];
} plan;
static void (*cell_acts)(void);
static unsigned complaints;

void port_cache_flush(const void *start, u64 size)
{
	u64 first = (u64)((const u8 *)start - cache.bytes);

	assert_true(first + size <= PAGE);
	for (u64 at = first & ~(u64)(LINE - 1); at < first + size; at += LINE) {
		if (memcmp(cache.bytes + at, filled.bytes + at, LINE) != 0)
			memcpy(memory.bytes + at, cache.bytes + at, LINE);
		memcpy(cache.bytes + at, memory.bytes + at, LINE);
		memcpy(filled.bytes + at, memory.bytes + at, LINE);
	}
}

void *arch_look(struct cpu *self, u64 phys)
{
	assert_int_equal(phys, COMM);
	return cache.bytes;
}

void arch_relax(void)
{
	cell_acts();
}

void arch_fill_comm(void *page, const struct cell_view *view)
{
	port_cache_flush(page, PAGE);
}

void console_line(const char *format, ...)
{
	complaints++;
}

static struct cell *running_cell(u64 timeout, void (*acts)(void))
{
	struct cell *cell = &machine.cells[1];

	cache = filled = memory = (union page) { };
	description = (struct jailhouse_cell_desc) { .msg_reply_timeout = timeout };
	cell_acts = acts;
	complaints = 0;
	plan.plan.cells.offset = offsetof(typeof(plan), cells);
	machine.now.plan = &plan.plan;
	machine.system.header = &header;
	*cell = (struct cell) { .view.desc = &description, .running = true, .slot = 1, .comm = PHYS(COMM) };
	comm_fill(NULL, cell);
	return cell;
}

static void answer(u32 message, u32 reply)
{
	if (memory.comm.msg_to_cell != message)
		return;
	memory.comm.msg_to_cell = JAILHOUSE_MSG_NONE;
	memory.comm.reply_from_cell = reply;
}

static void agree(void)
{
	answer(JAILHOUSE_MSG_SHUTDOWN_REQUEST, JAILHOUSE_MSG_REQUEST_APPROVED);
}

static void deny(void)
{
	answer(JAILHOUSE_MSG_SHUTDOWN_REQUEST, JAILHOUSE_MSG_REQUEST_DENIED);
}

static void take_note(void)
{
	answer(JAILHOUSE_MSG_RECONFIG_COMPLETED, JAILHOUSE_MSG_RECEIVED);
}

static void end(void)
{
	if (memory.comm.msg_to_cell == JAILHOUSE_MSG_SHUTDOWN_REQUEST)
		memory.comm.cell_state = JAILHOUSE_CELL_SHUT_DOWN;
}

static void say_nothing(void)
{
}

static void a_request_is_seen_and_its_answer(void **unused)
{
	assert_true(comm_ask_shutdown(NULL, running_cell(1000, agree)));
	assert_int_equal(complaints, 0);
	assert_false(comm_ask_shutdown(NULL, running_cell(1000, deny)));
	assert_true(comm_ask_shutdown(NULL, running_cell(1000, end)));
	assert_int_equal(complaints, 0);
	assert_int_equal(memory.comm.cell_state, JAILHOUSE_CELL_SHUT_DOWN);
}

/* However short the time is, its last poll looks. */
static void the_shortest_time_that_suffices(void **unused)
{
	assert_false(comm_ask_shutdown(NULL, running_cell(2, deny)));
	assert_true(comm_ask_shutdown(NULL, running_cell(1, deny)));
	assert_int_equal(complaints, 1);
}

static void no_answer_is_a_failure_that_the_cell_sees(void **unused)
{
	assert_true(comm_ask_shutdown(NULL, running_cell(1000, say_nothing)));
	assert_int_equal(complaints, 1);
	assert_int_equal(memory.comm.cell_state, JAILHOUSE_CELL_FAILED);
}

static void an_announcement_is_seen_and_its_answer(void **unused)
{
	running_cell(1000, take_note);
	comm_announce(NULL);
	assert_int_equal(memory.comm.reply_from_cell, JAILHOUSE_MSG_RECEIVED);
}

static void states_pass_both_ways(void **unused)
{
	struct cell *cell = running_cell(0, say_nothing);

	memory.comm.cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	assert_int_equal(comm_state(NULL, cell), JAILHOUSE_CELL_RUNNING_LOCKED);
	comm_set_state(NULL, cell, JAILHOUSE_CELL_FAILED);
	assert_int_equal(memory.comm.cell_state, JAILHOUSE_CELL_FAILED);
}

/* Who asks meanwhile does not look at the page that a cell has no more. */
static void a_cell_that_goes_has_no_page(void **unused)
{
	struct cell *cell = running_cell(0, say_nothing);

	cell->comm.value = 0;
	memory.comm.cell_state = JAILHOUSE_CELL_FAILED;
	assert_int_equal(comm_state(NULL, cell), JAILHOUSE_CELL_RUNNING);
}

static void what_we_write_leaves_the_cells_words_alone(void **unused)
{
	struct cell *cell = running_cell(1, say_nothing);

	memory.comm.reply_from_cell = JAILHOUSE_MSG_RECEIVED;
	comm_set_state(NULL, cell, JAILHOUSE_CELL_RUNNING);
	assert_int_equal(memory.comm.reply_from_cell, JAILHOUSE_MSG_RECEIVED);
	memory.comm.cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	comm_announce(NULL);
	assert_int_equal(memory.comm.cell_state, JAILHOUSE_CELL_RUNNING_LOCKED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_is_seen_and_its_answer),
		cmocka_unit_test(the_shortest_time_that_suffices),
		cmocka_unit_test(a_cell_that_goes_has_no_page),
		cmocka_unit_test(no_answer_is_a_failure_that_the_cell_sees),
		cmocka_unit_test(an_announcement_is_seen_and_its_answer),
		cmocka_unit_test(states_pass_both_ways),
		cmocka_unit_test(what_we_write_leaves_the_cells_words_alone),
	};

	return cmocka_run_group_tests_name("boot/comm", tests, NULL, NULL);
}
