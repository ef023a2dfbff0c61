/* SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause) */
/*
 * What every inmate has, on every architecture: text, memory, command line, PCI, messages. Names and
 * parameters are those of Jailhouse's inmate library, so its demos compile against this one.
 */
#ifndef _INMATE_COMMON_H
#define _INMATE_COMMON_H

#define NS_PER_USEC	1000ULL
#define NS_PER_MSEC	1000000ULL
#define NS_PER_SEC	1000000000ULL

#define PCI_CFG_VENDOR_ID	0x000
#define PCI_CFG_DEVICE_ID	0x002
#define PCI_CFG_COMMAND		0x004
#define  PCI_CMD_IO		(1 << 0)
#define  PCI_CMD_MEM		(1 << 1)
#define  PCI_CMD_MASTER		(1 << 2)
#define  PCI_CMD_INTX_OFF	(1 << 10)
#define PCI_CFG_STATUS		0x006
#define  PCI_STS_INT		(1 << 3)
#define  PCI_STS_CAPS		(1 << 4)
#define PCI_CFG_BAR		0x010
#define  PCI_BAR_64BIT		0x4
#define PCI_CFG_CAP_PTR		0x034

#define PCI_ID_ANY		0xffff
#define PCI_DEV_CLASS_OTHER	0xff

#define PCI_CAP_MSI		0x05
#define PCI_CAP_VENDOR		0x09
#define PCI_CAP_MSIX		0x11

#define MSIX_CTRL_ENABLE	0x8000
#define MSIX_CTRL_FMASK		0x4000

#ifndef __ASSEMBLY__

#include <jailhouse/hypercall.h>

#define comm_region	((struct jailhouse_comm_region *)COMM_REGION_BASE)

/* The inmate's own code; when it returns, the CPU stops and cell_state stays as it is. */
void inmate_main(void);

/* Switch interrupts off and sleep for good. */
static inline void __attribute__((noreturn)) stop(void)
{
	disable_irqs();
	halt();
}

/* %c %s %d %u %x %X %p %%, with l, ll, width, zero or left padding. Safe from several CPUs. */
void __attribute__((format(printf, 1, 2))) printk(const char *format, ...);

/*
 * Memory behind the image, aligned to align (a power of two); never given back. The second is zeroed.
 * Not for use by several CPUs at once; the inmate knows how much RAM its cell has.
 */
extern unsigned long heap_pos;
void *alloc(unsigned long size, unsigned long align);
void *zalloc(unsigned long size, unsigned long align);

void *memset(void *s, int c, unsigned long n);
void *memcpy(void *d, const void *s, unsigned long n);
void *memmove(void *d, const void *s, unsigned long n);
int memcmp(const void *s1, const void *s2, unsigned long n);
unsigned long strlen(const char *s);
int strcmp(const char *s1, const char *s2);
int strncmp(const char *s1, const char *s2, unsigned long n);
int strncasecmp(const char *s1, const char *s2, unsigned long n);

/*
 * Words of the command line: NAME=VALUE. A bool is also set by its bare name; false is 0, n, no, false
 * or off. Integers are decimal or 0x..., with an optional minus. Absent or unreadable: the default.
 */
const char *cmdline_parse_str(const char *param, char *value_buffer, unsigned long buffer_size,
			      const char *default_value);
long long cmdline_parse_int(const char *param, long long default_value);
bool cmdline_parse_bool(const char *param, bool default_value);

/* An inmate that wants a longer command line than 255 characters says so once in its main file. */
#define CMDLINE_BUFFER(size) const char cmdline[size] __attribute__((section(".cmdline")))
extern const char cmdline[];
extern const char stack_top[];

enum map_type { MAP_CACHED, MAP_UNCACHED };

/* Make start..start+size accessible at its own address, in units of 2 MiB. */
void map_range(void *start, unsigned long size, enum map_type map_type);

typedef void (*irq_handler_t)(unsigned int irq);

/* Switch the interrupt controller of this CPU on; handler gets every interrupt that is enabled. */
void irq_init(irq_handler_t handler);
void irq_enable(unsigned int irq);
/* The same for one that a device raises by a message, not by a line. */
void irq_enable_message(unsigned int irq);
void irq_send_ipi(unsigned int cpu_id, unsigned int irq);

/*
 * inmate.h of the architecture also has, under equal names:
 *
 *	cpu_id()		number of this CPU
 *	cell_num_cpus()		how many this cell has
 *	wait_for_irq()		sleep with interrupts off until one was taken
 *	memory_barrier()
 *	mmio_readN, mmio_writeN	one access of N bits
 *	clock_init()		start the clock; its frequency in Hz; CLOCK_NAME
 *	clock_read_ns()
 *	alarm_init()		prepare TIMER_IRQ of this CPU; the timer's frequency in Hz; ALARM_NAME
 *	alarm_set(ns)		one interrupt in so many ns; called again by its handler or never
 *	alarm_set_at(ns, now)	one when the clock shows ns; it showed now a moment ago
 *	pci_intx_irq(bdf)	interrupt of a virtual device's INTA, 0: it has none
 *	MSI_FIRST_IRQ		MSI_NUM_IRQS of them are for message interrupts
 *	IPI_IRQ			what irq_send_ipi can send
 */

/* CPUs of this cell in smp_cpu_ids, once all are known. */
void smp_wait_for_all_cpus(void);
/* Let another CPU run entry on a stack of its own; returns when it does. */
void smp_start_cpu(unsigned int cpu_id, void (*entry)(void));

void pci_init(void);
u32 pci_read_config(u16 bdf, unsigned int addr, unsigned int size);
void pci_write_config(u16 bdf, unsigned int addr, u32 value, unsigned int size);
/* First function >= start_bdf with these ids (PCI_ID_ANY fits all), or -1. */
int pci_find_device(u16 vendor, u16 device, u16 start_bdf);
/* Config space offset of a capability, or -1. */
int pci_find_cap(u16 bdf, u16 cap);
void pci_msi_set_vector(u16 bdf, unsigned int vector);
/* The BAR with the table has an address already. */
void pci_msix_set_vector(u16 bdf, unsigned int vector, u32 index);

void delay_us(unsigned long microsecs);

/* Take the message off the page before the answer becomes visible. */
static inline void jailhouse_send_reply_from_cell(struct jailhouse_comm_region *region, u32 reply)
{
	region->msg_to_cell = JAILHOUSE_MSG_NONE;
	memory_barrier();
	region->reply_from_cell = reply;
}

/*
 * Answer what the hypervisor asks. True: a shutdown was asked for and granted, cell_state says so, and
 * the inmate should stop.
 */
bool comm_shutdown_requested(void);

/* Set the final state of a cell that has done its work, and stop. */
void __attribute__((noreturn)) comm_finish(void);

/* a * b / c, where a * b may need more than 64 bits but b * c and the result do not. */
static inline u64 scale(u64 a, u64 b, u64 c)
{
	return a / c * b + a % c * b / c;
}

/* Between the parts of the library. */
struct console_row {
	const char *name;	/* value of con-type */
	u16 type;
	void (*init)(struct jailhouse_console *console);
	void (*write)(char c);
};
extern const struct console_row consoles[];	/* ends with a row without name */
void console_init(void);
void console_write(char c);
void arch_init_early(void);
u64 arch_msi_address(void);

#endif /* __ASSEMBLY__ */

#endif
