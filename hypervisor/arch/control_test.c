/* SPDX-License-Identifier: GPL-2.0 */
/* Who takes a lock, and what a CPU that waits for one does meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arch/control.c>

#define ROUNDS 5	/* until what is waited for happens */

struct cpu {
	struct cpu_base base;
};

struct machine machine;

static struct cpu first, second;
static u32 lock;
static unsigned rounds;
static void (*ends)(void);	/* what happens then */
static bool taken;		/* while it was waited for */

void arch_relax(void)
{
	taken = taken || lock;
	assert_true(++rounds <= ROUNDS + 1);	/* who has stood still looks again later */
	if (rounds == ROUNDS)
		ends();
}

void arch_flush(struct cpu *cpu) { }
void arch_kick(struct cpu *cpu) { }
void arch_serve(struct cpu *cpu, u32 bits) { }
void core_cpu_failed(struct cpu *cpu) { }
struct cpu *arch_cpu(u32 id) { return &first; }
u32 arch_cpu_id(const struct cpu *cpu) { return 0; }
u64 arch_ticks(void) { return 0; }
u64 arch_second(void) { return 1; }

static void unlock(void)
{
	cpu_unlock(&lock);
}

static void first_is_done(void)
{
	machine.first = NULL;
}

static void release(void)
{
	assert_true(second.base.held);
	second.base.hold = 0;
	cpu_unlock(&lock);
}

static void panic(void)
{
	machine.panicked = 1;
}

static int start(void **unused)
{
	machine.first = NULL;
	machine.panicked = 0;
	lock = 0;
	rounds = 0;
	taken = false;
	return 0;
}

static void a_free_lock_is_taken_at_once(void **unused)
{
	cpu_lock(&second, &lock);
	assert_int_equal(rounds, 0);
	assert_int_equal(lock, 1);
}

static void a_held_lock_is_waited_for(void **unused)
{
	ends = unlock;
	lock = 1;
	cpu_lock(&second, &lock);
	assert_int_equal(rounds, ROUNDS);
	assert_int_equal(lock, 1);
}

static void others_do_not_try_before_the_first(void **unused)
{
	ends = first_is_done;
	machine.first = &first;
	cpu_lock(&second, &lock);
	assert_int_equal(rounds, ROUNDS);
	assert_false(taken);
	assert_int_equal(lock, 1);
}

static void the_first_waits_for_the_holder_only(void **unused)
{
	machine.first = &first;
	cpu_lock(&first, &lock);
	assert_int_equal(rounds, 0);
	ends = unlock;
	cpu_lock(&first, &lock);
	assert_int_equal(rounds, ROUNDS);
}

static void who_waits_stands_still_when_wanted(void **unused)
{
	ends = release;
	lock = 1;
	second.base.hold = 1;
	cpu_lock(&second, &lock);
	assert_int_equal(second.base.held, 0);
	assert_int_equal(lock, 1);
}

static void nobody_waits_after_a_panic(void **unused)
{
	ends = panic;
	machine.first = &first;
	cpu_lock(&second, &lock);
	assert_int_equal(rounds, ROUNDS);
	assert_int_equal(lock, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_free_lock_is_taken_at_once, start),
		cmocka_unit_test_setup(a_held_lock_is_waited_for, start),
		cmocka_unit_test_setup(others_do_not_try_before_the_first, start),
		cmocka_unit_test_setup(the_first_waits_for_the_holder_only, start),
		cmocka_unit_test_setup(who_waits_stands_still_when_wanted, start),
		cmocka_unit_test_setup(nobody_waits_after_a_panic, start),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
