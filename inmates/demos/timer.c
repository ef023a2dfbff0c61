// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * A heartbeat: a timer interrupt every period-us (default 100000), how late each one came, and an answer
 * to shutdown requests. Sleeps between beats. Parameters: period-us, print-every (default 10 beats),
 * beats (stop after so many, 0: never), deny (refuse the first shutdown request), locked (forbid
 * changes of other cells).
 */
#include <inmate.h>

static u64 period, expected;
static volatile u64 beats;
static volatile u64 jitter, least = ~0ULL, most;

static void set_next(void)
{
	u64 now = clock_read_ns();

	expected += period;
	if (expected <= now)
		expected = now + period;
	alarm_set_at(expected, now);
}

static void handle_irq(unsigned int irq)
{
	u64 now = clock_read_ns();

	if (irq != TIMER_IRQ)
		return;
	/* A timer that runs on a measured frequency can be early by a rounding error. */
	jitter = now > expected ? now - expected : expected - now;
	least = jitter < least ? jitter : least;
	most = jitter > most ? jitter : most;
	beats++;
	set_next();
}

/* True when the inmate has to stop. */
static bool handle_messages(bool *deny)
{
	if (*deny && comm_region->msg_to_cell == JAILHOUSE_MSG_SHUTDOWN_REQUEST) {
		*deny = false;
		printk("timer: first shutdown request denied, ask again\n");
		jailhouse_send_reply_from_cell(comm_region, JAILHOUSE_MSG_REQUEST_DENIED);
		return false;
	}
	if (comm_region->msg_to_cell == JAILHOUSE_MSG_SHUTDOWN_REQUEST)
		printk("timer: shutting down after %llu beats\n", beats);
	return comm_shutdown_requested();
}

static void run(u64 limit, u64 print_every)
{
	bool deny = cmdline_parse_bool("deny", false);
	u64 printed = 0;

	while (!handle_messages(&deny)) {
		if (limit && beats >= limit) {
			printk("timer: done after %llu beats\n", beats);
			comm_finish();
		}
		wait_for_irq();
		if (beats - printed < print_every)
			continue;
		printed = beats;
		printk("timer: beat %llu, jitter %llu ns, min %llu, max %llu\n", printed, jitter,
		       least, most);
	}
}

void inmate_main(void)
{
	u64 print_every = (u64)cmdline_parse_int("print-every", 10);
	u64 limit = (u64)cmdline_parse_int("beats", 0);

	period = (u64)cmdline_parse_int("period-us", 100000) * NS_PER_USEC;
	if (cmdline_parse_bool("locked", false))
		comm_region->cell_state = JAILHOUSE_CELL_RUNNING_LOCKED;
	printk("timer: " CLOCK_NAME " %lu kHz, ", clock_init() / 1000);
	irq_init(handle_irq);
	irq_enable(TIMER_IRQ);
	printk(ALARM_NAME " %lu kHz, period %llu us\n", alarm_init() / 1000,
	       period / NS_PER_USEC);
	expected = clock_read_ns();
	set_next();
	run(limit, print_every);
	stop();
}
