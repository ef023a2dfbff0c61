// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* The other CPUs of the cell: PSCI (ARM DEN 0022) knows which there are, and starts them. */
#include <inmate.h>

#define POLLS		100000
#define POLL_US		10
#define CONTEXT		0x434f4e0000000000	/* with the CPU's number */
#define V2_CLUSTERS	4
#define V2_CPUS		8

/* Known to start.S. */
struct smp_start {
	u64 context;		/* what the CPU must be given in x0 */
	void *stack;
	void (*volatile entry)(void);	/* the CPU writes 0 when it has its stack */
	volatile u64 wrong, is_wrong;	/* another context that a CPU came with */
};

_Static_assert(__builtin_offsetof(struct smp_start, entry) == 16, "start.S");
_Static_assert(__builtin_offsetof(struct smp_start, is_wrong) == 32, "start.S");

/* Not in .bss, and kept in a cache line of its own. */
struct smp_start smp_start __attribute__((section(".data"), aligned(64)));
volatile u32 smp_num_cpus;
u32 smp_cpu_ids[SMP_MAX_CPUS];

void smp_secondary(void);

static int affinity_info(u32 id)
{
	return psci_call(PSCI_AFFINITY_INFO, id, 0, 0);
}

static void add_cpu(u32 id)
{
	if (smp_num_cpus < SMP_MAX_CPUS && (id == cpu_id() || affinity_info(id) >= 0))
		smp_cpu_ids[smp_num_cpus++] = id;
}

/* Without redistributors to name the CPUs of the machine, the usual numbers are tried. */
static void find_cpus_v2(void)
{
	u32 cluster, cpu;

	for (cluster = 0; cluster < V2_CLUSTERS; cluster++)
		for (cpu = 0; cpu < V2_CPUS; cpu++)
			add_cpu(cluster << 8 | cpu);
}

static void find_cpus_v3(void)
{
	u8 *redistributor = NULL;

	while ((redistributor = gicv3_next(redistributor)))
		add_cpu(gicv3_affinity(redistributor));
}

void smp_wait_for_all_cpus(void)
{
	if (smp_num_cpus)
		return;
	if (comm_region->gic_version == 2)
		find_cpus_v2();
	else
		find_cpus_v3();
}

u32 cell_num_cpus(void)
{
	smp_wait_for_all_cpus();
	return smp_num_cpus;
}

int smp_try_start_cpu(unsigned int cpu_id, void (*entry)(void))
{
	unsigned int polls;
	int result;

	smp_start.context = CONTEXT | cpu_id;
	smp_start.stack = (char *)alloc(PAGE_SIZE, PAGE_SIZE) + PAGE_SIZE;
	smp_start.is_wrong = 0;
	smp_start.entry = entry;
	memory_barrier();
	result = psci_call(PSCI_CPU_ON, cpu_id, (u64)smp_secondary, smp_start.context);
	for (polls = 0; !result && polls < POLLS && !smp_start.is_wrong; polls++) {
		if (!smp_start.entry)
			return 0;
		delay_us(POLL_US);
	}
	smp_start.entry = NULL;
	return result ? result : -1;
}

void smp_start_cpu(unsigned int cpu_id, void (*entry)(void))
{
	int result = smp_try_start_cpu(cpu_id, entry);

	if (smp_start.is_wrong)
		printk("smp_start_cpu: CPU %u came with context 0x%llx instead of 0x%llx\n", cpu_id,
		       smp_start.wrong, smp_start.context);
	else if (result)
		printk("smp_start_cpu: CPU %u does not start, result %d\n", cpu_id, result);
}

bool smp_wait_for_off(unsigned int cpu_id)
{
	unsigned int polls;

	for (polls = 0; polls < POLLS; polls++) {
		if (affinity_info(cpu_id) == PSCI_IS_OFF)
			return true;
		delay_us(POLL_US);
	}
	return false;
}
