// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/*
 * The state in which a CPU starts a cell: nothing of an earlier owner is to be seen in general, FP,
 * SVE, system, debug and counter registers, in timers and in the interrupt controller. With dirty,
 * all that is then filled, and the CPU stops: what the next owner sees is the hypervisor's merit.
 */
#include "../selftest.h"

#define NUM_SYSREGS	64
#define MAX_SVE_BYTES	256

#define GICD_TYPER	0x0004
#define GICD_ISENABLER	0x0100
#define GICD_ISPENDR	0x0200
#define GICD_ISACTIVER	0x0300
#define GICR_SGI_FRAME	0x10000
#define PPIS		0xffff0000

/* Filled by selftest.S. */
extern struct reset_state {
	u64 x[31], sp;
	u64 fpcr, fpsr;
	u64 q[64];
	u64 sysregs[NUM_SYSREGS];
} reset_state;

_Static_assert(__builtin_offsetof(struct reset_state, q) == 272, "selftest.S");
_Static_assert(sizeof(struct reset_state) == 272 + 512 + 512, "selftest.S");

void fill_and_stop(void);

static unsigned int wrong;

static void check(const char *name, unsigned int index, u64 value, u64 expected)
{
	if (value == expected)
		return;
	wrong++;
	printk("selftest: %s %u is 0x%llx instead of 0x%llx\n", name, index, value, expected);
}

static void check_general(void)
{
	unsigned int i;

	for (i = 0; i < 31; i++)
		check("x", i, reset_state.x[i], 0);
	check("sp", 0, reset_state.sp, 0);
	check("fpcr", 0, reset_state.fpcr, 0);
	check("fpsr", 0, reset_state.fpsr, 0);
	for (i = 0; i < 64; i++)
		check("half of q", i, reset_state.q[i], 0);
}

static void check_sysregs(void)
{
	static const struct {
		const char *name;
		u64 mask, value;
	} registers[] = {
#define REGISTER(name, mask, value) { #name, mask, value },
#include "selftest-registers.h"
#undef REGISTER
	};
	unsigned int i;

	_Static_assert(sizeof(registers) / sizeof(registers[0]) <= NUM_SYSREGS, "too many");
	for (i = 0; i < sizeof(registers) / sizeof(registers[0]); i++)
		check(registers[i].name, 0, reset_state.sysregs[i] & registers[i].mask,
		      registers[i].value);
}

/* Field of an ID register that says whether the CPU has it. */
static bool has(u64 id, unsigned int shift)
{
	u64 field = id >> shift & 0xf;

	return field && field != 0xf;
}

static bool has_pmu(void)
{
	return has(read_sysreg(id_aa64dfr0_el1), 8);
}

static void check_pmu(void)
{
	if (!has_pmu())
		return;
	check("pmcr_el0", 0, read_sysreg(pmcr_el0) & 1, 0);
	check("pmcntenset_el0", 0, read_sysreg(pmcntenset_el0), 0);
	check("pmintenset_el1", 0, read_sysreg(pmintenset_el1), 0);
	check("pmovsset_el0", 0, read_sysreg(pmovsset_el0), 0);
	check("pmuserenr_el0", 0, read_sysreg(pmuserenr_el0), 0);
	check("pmccntr_el0", 0, read_sysreg(pmccntr_el0), 0);
}

static bool has_pauth(void)
{
	u64 isar1 = read_sysreg(id_aa64isar1_el1);

	return has(isar1, 4) || has(isar1, 8);
}

static bool has_sve(void)
{
	return has(read_sysreg(id_aa64pfr0_el1), 32);
}

static void check_pauth(void)
{
	if (!has_pauth())
		return;
	check("apiakeylo_el1", 0, read_sysreg(S3_0_C2_C1_0), 0);
	check("apiakeyhi_el1", 0, read_sysreg(S3_0_C2_C1_1), 0);
	check("apgakeylo_el1", 0, read_sysreg(S3_0_C2_C3_0), 0);
	check("apgakeyhi_el1", 0, read_sysreg(S3_0_C2_C3_1), 0);
}

static bool has_ras(void)
{
	return has(read_sysreg(id_aa64pfr0_el1), 28);
}

/* There are error records, but they are not a cell's; and no error of an earlier owner is put off. */
static void check_errors(void)
{
	if (!has_ras())
		return;
	check("erridr_el1", 0, read_sysreg(S3_0_C5_C3_0), 0);
	check("disr_el1", 0, read_sysreg(S3_0_C12_C1_1), 0);
}

/* Nothing has written vector registers so far: the library does without them. */
static void check_sve(void)
{
	static u8 buffer[MAX_SVE_BYTES] __attribute__((aligned(16)));
	u64 bytes;
	unsigned int i;

	if (!has_sve())
		return;
	write_sysreg(cpacr_el1, 0x330000);
	isb();
	check("zcr_el1", 0, read_sysreg(S3_0_C1_C2_0) & 0xf, 0);
	write_sysreg(S3_0_C1_C2_0, 0xf);
	isb();
	asm volatile(".arch_extension sve\n\trdvl %0, #1" : "=r"(bytes));
	bytes = bytes > MAX_SVE_BYTES ? MAX_SVE_BYTES : bytes;
#define CHECK_Z(n)									\
	asm volatile("str z" #n ", [%0]" : : "r"(buffer) : "memory");			\
	for (i = 0; i < bytes; i += 8)							\
		check("part of z" #n, i / 8, *(u64 *)(buffer + i), 0)
	CHECK_Z(0);
	CHECK_Z(1);
	CHECK_Z(8);
	CHECK_Z(16);
	CHECK_Z(31);
#undef CHECK_Z
	asm volatile("str p0, [%0]\n\tstr p15, [%0, #8, mul vl]" : : "r"(buffer) : "memory");
	for (i = 0; i < bytes / 8; i++)
		check("part of p0", i, buffer[i], 0);
	write_sysreg(S3_0_C1_C2_0, 0);
	write_sysreg(cpacr_el1, 0x300000);
	isb();
}

/* Its own interrupts and those of devices; an SGI may be on for ever. */
static void check_gic(void)
{
	u8 *gicd = (u8 *)comm_region->gicd_base, *own = gicd;
	unsigned int word, words;

	map_range(gicd, 0x10000, MAP_UNCACHED);
	words = (mmio_read32(gicd + GICD_TYPER) & 0x1f) + 1;
	if (comm_region->gic_version != 2) {
		own = gicv3_redistributor(cpu_id()) + GICR_SGI_FRAME;
		check("icc_igrpen1_el1", 0, read_sysreg(icc_igrpen1_el1), 0);
	}
	check("own enabled", 0, mmio_read32(own + GICD_ISENABLER) & PPIS, 0);
	check("own pending", 0, mmio_read32(own + GICD_ISPENDR), 0);
	check("own active", 0, mmio_read32(own + GICD_ISACTIVER), 0);
	for (word = 1; word < words; word++) {
		check("enabled word", word, mmio_read32(gicd + GICD_ISENABLER + 4 * word), 0);
		check("pending word", word, mmio_read32(gicd + GICD_ISPENDR + 4 * word), 0);
		check("active word", word, mmio_read32(gicd + GICD_ISACTIVER + 4 * word), 0);
	}
}

static void fill_sysregs(void)
{
	const u64 pattern = 0xdeadbeefdeadbeef;

	write_sysreg(fpcr, 0x7c00000);
	write_sysreg(fpsr, 0x1f);
	write_sysreg(ttbr1_el1, pattern);
	write_sysreg(amair_el1, pattern);
	write_sysreg(elr_el1, pattern);
	write_sysreg(spsr_el1, 0xf0000000);
	write_sysreg(esr_el1, 0xdeadbeef);
	write_sysreg(far_el1, pattern);
	write_sysreg(contextidr_el1, 0xdeadbeef);
	write_sysreg(csselr_el1, 1);
	write_sysreg(tpidr_el0, pattern);
	write_sysreg(tpidrro_el0, pattern);
	write_sysreg(tpidr_el1, pattern);
	write_sysreg(sp_el0, pattern);
	write_sysreg(cntkctl_el1, 3);
	asm volatile("at s1e1r, %0; isb" : : "r"(stack_top) : "memory");
}

static void fill_debug(void)
{
	write_sysreg(mdscr_el1, 1 << 12);	/* EL0 may use the debug channel */
	write_sysreg(dbgbvr0_el1, 0x1000);
	write_sysreg(dbgbcr0_el1, 0x1e5);
	write_sysreg(dbgbvr1_el1, 0x2000);
	write_sysreg(dbgwvr0_el1, 0x3000);
	write_sysreg(dbgwcr0_el1, 0x1ff5);
	write_sysreg(dbgwvr1_el1, 0x4000);
	if (!has_pmu())
		return;
	write_sysreg(pmuserenr_el0, 0xf);
	write_sysreg(pmcntenset_el0, 0x80000001);
	write_sysreg(pmintenset_el1, 0x80000000);
	write_sysreg(pmccntr_el0, 0xffffff00);
	write_sysreg(pmcr_el0, 1);
}

/* An error put off, keys of pointer authentication, and the parts of vector registers that only SVE has. */
static void fill_extensions(void)
{
	if (has_ras())
		write_sysreg(S3_0_C12_C1_1, 0x80adbeef);
	if (has_pauth()) {
		write_sysreg(S3_0_C2_C1_0, 0xdead);
		write_sysreg(S3_0_C2_C1_1, 0xbeef);
		write_sysreg(S3_0_C2_C3_0, 0xdead);
		write_sysreg(S3_0_C2_C3_1, 0xbeef);
	}
	if (!has_sve())
		return;
	write_sysreg(cpacr_el1, 0x330000);
	isb();
	write_sysreg(S3_0_C1_C2_0, 0xf);
	isb();
	asm volatile(".arch_extension sve\n\tptrue p0.b\n\tptrue p15.b\n\tmov z0.d, #-1\n\t"
		     "mov z1.d, #-1\n\tmov z8.d, #-1\n\tmov z16.d, #-1\n\tmov z31.d, #-1");
}

/* Interrupts of the cell are on, pending and one is active. */
static void fill_interrupts(void)
{
	u8 *gicd = (u8 *)comm_region->gicd_base;
	unsigned int i;

	irq_init(NULL);
	for (i = 0; i < MSI_NUM_IRQS; i++) {
		irq_enable(MSI_FIRST_IRQ + i);
		mmio_write32(gicd + GICD_ISPENDR + (MSI_FIRST_IRQ + i) / 32 * 4,
			     1U << (MSI_FIRST_IRQ + i) % 32);
	}
	irq_enable(TIMER_IRQ);
	irq_enable(IPI_IRQ);
	irq_send_ipi(cpu_id(), IPI_IRQ);
	timer_start(0);
	write_sysreg(cntp_cval_el0, 1);
	write_sysreg(cntp_ctl_el0, 3);
	if (comm_region->gic_version != 2)
		(void)read_sysreg(icc_iar1_el1);
}

/* SMC32 has arguments of 32 bits, SMC64 the calls that can use more; QEMU's firmware sees that otherwise. */
static void check_calls(void)
{
	u64 self = 0xdead00000000 | (read_sysreg(mpidr_el1) & 0xffffff);

	EXPECT_EQUAL(psci_call(PSCI_AFFINITY_INFO & ~SMCCC_64, self, 0xdead00000000, 0), PSCI_IS_ON);
	EXPECT_EQUAL(psci_call(PSCI_AFFINITY_INFO, self, 0, 0), PSCI_INVALID);
	EXPECT_EQUAL(psci_call(PSCI_CPU_ON & ~SMCCC_64, self, 0, 0), PSCI_ALREADY_ON);
	EXPECT_EQUAL(psci_call(PSCI_CPU_ON, self, 0, 0), PSCI_INVALID);
	EXPECT_EQUAL(psci_call(SMCCC_FEATURES, 0xdead00000000 | SMCCC_FEATURES, 0, 0), 0);
	EXPECT_EQUAL(psci_call(PSCI_VERSION | SMCCC_64, 0, 0, 0), PSCI_NOT_SUPPORTED);
	EXPECT_EQUAL(psci_call(PSCI_FEATURES, PSCI_CPU_ON, 0, 0), 0);
	EXPECT_EQUAL(psci_call(PSCI_FEATURES, PSCI_CPU_ON & ~SMCCC_64, 0, 0), 0);
	EXPECT_EQUAL(psci_call(PSCI_FEATURES, PSCI_SYSTEM_OFF, 0, 0), 0);
	EXPECT_EQUAL(psci_call(PSCI_FEATURES, PSCI_SYSTEM_OFF | SMCCC_64, 0, 0), PSCI_NOT_SUPPORTED);
}

void check_machine(void)
{
	check_general();
	check_sysregs();
	check_pmu();
	check_pauth();
	check_errors();
	check_sve();
	check_gic();
	EXPECT_EQUAL(wrong, 0);
	EXPECT_EQUAL(SMCCC_CALL("hvc", PSCI_VERSION, 0, 0, 0), psci_call(PSCI_VERSION, 0, 0, 0));
	if (cmdline_parse_bool("calls", true))
		check_calls();
	smp_wait_for_all_cpus();
	EXPECT_EQUAL(smp_num_cpus > 0, true);
	if (!cmdline_parse_bool("dirty", false))
		return;
	fill_interrupts();
	fill_sysregs();
	fill_debug();
	fill_extensions();
	printk("selftest: %s, and now dirty\n", all_passed ? "all passed" : "FAILED");
	fill_and_stop();
}

/* Its line. */
unsigned int edu_irq(u16 bdf)
{
	return pci_intx_irq(bdf);
}
