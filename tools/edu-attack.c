// SPDX-License-Identifier: GPL-2.0
/*
 * A device that disobeys, driven from root Linux: QEMU's edu copies four bytes between its buffer
 * and any physical address, past everything Linux knows about DMA. An IOMMU that does its work
 * makes reads yield zero and writes vanish; the device reports success either way.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define DEVICES "/sys/bus/pci/devices"
#define EDU_VENDOR_DEVICE 0x11e81234u	/* device id, vendor id */
#define EDU_BAR_SIZE 0x100000

/* QEMU docs/specs/edu: register offsets in BAR 0. */
#define EDU_ID_REG 0x00
#define EDU_ID_MAGIC 0x000000edu
#define EDU_DMA_SOURCE_REG 0x80
#define EDU_DMA_TARGET_REG 0x88
#define EDU_DMA_COUNT_REG 0x90
#define EDU_DMA_COMMAND_REG 0x98
#define EDU_DMA_START 0x1u
#define EDU_DMA_TO_MEMORY 0x2u
#define EDU_BUFFER 0x40000		/* 4 KiB; the device model breaks outside of it */

#define PCI_COMMAND_REG 0x04
#define PCI_COMMAND_MEMORY_MASTER 0x6u

#define BOUNCE_PATTERN 0x5eed1e57u

#define WAIT_MS 5000			/* a transfer takes 100 ms of the machine's time */

static const char *device;	/* as Linux names it, "0000:00:04.0" */

static int refuse(const char *what)
{
	fprintf(stderr, "edu-attack: device %s: %s: %s\n", device, what, strerror(errno));
	return 1;
}

static int open_file(const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), DEVICES "/%s/%s", device, name);
	return open(path, O_RDWR | O_CLOEXEC);
}

static bool is_edu(const char *name)
{
	uint32_t id = 0;
	int fd;

	device = name;
	fd = open_file("config");
	if (fd < 0)
		return false;
	if (pread(fd, &id, sizeof(id), 0) != sizeof(id))
		id = 0;
	close(fd);
	return id == EDU_VENDOR_DEVICE;
}

/* The first one in any domain; a virtual host bridge may be domain 0 or not. */
static bool find_device(void)
{
	static char found[256];
	struct dirent **entries = NULL;
	int count = scandir(DEVICES, &entries, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		if (!*found && entries[i]->d_name[0] != '.' && is_edu(entries[i]->d_name))
			snprintf(found, sizeof(found), "%s", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	device = found;
	if (!*found)
		fprintf(stderr, "edu-attack: no PCI device is 1234:11e8; start QEMU with -device edu\n");
	return *found;
}

/* Without bus mastering the device could not attack, and the test would prove nothing. */
static bool enable_master(void)
{
	int fd = open_file("config");
	uint32_t id = 0;
	uint16_t command = 0;
	bool good;

	if (fd < 0)
		return refuse("opening its config space"), false;
	good = pread(fd, &id, 4, 0) == 4 && pread(fd, &command, 2, PCI_COMMAND_REG) == 2;
	if (good && id != EDU_VENDOR_DEVICE) {
		fprintf(stderr,
			"edu-attack: device %s is %04x:%04x, edu would be 1234:11e8; name the "
			"right one with -d\n",
			device, id & 0xffff, id >> 16);
		close(fd);
		return false;
	}
	command |= PCI_COMMAND_MEMORY_MASTER;
	good = good && pwrite(fd, &command, 2, PCI_COMMAND_REG) == 2 &&
	       pread(fd, &command, 2, PCI_COMMAND_REG) == 2 &&
	       (command & PCI_COMMAND_MEMORY_MASTER) == PCI_COMMAND_MEMORY_MASTER;
	close(fd);
	return good || (refuse("enabling bus mastering"), false);
}

static volatile uint8_t *map_registers(void)
{
	int fd = open_file("resource0");
	void *map;

	if (fd < 0)
		return refuse("opening its registers"), NULL;
	map = mmap(NULL, EDU_BAR_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return map == MAP_FAILED ? (refuse("mapping its registers"), NULL) : map;
}

static uint32_t read32(volatile uint8_t *registers, unsigned offset)
{
	return *(volatile uint32_t *)(registers + offset);
}

static void write64(volatile uint8_t *registers, unsigned offset, uint64_t value)
{
	*(volatile uint64_t *)(registers + offset) = value;
}

static bool wait_done(volatile uint8_t *registers)
{
	for (unsigned i = 0; i < WAIT_MS; i++) {
		if (!(read32(registers, EDU_DMA_COMMAND_REG) & EDU_DMA_START))
			return true;
		nanosleep(&(struct timespec) { .tv_nsec = 1000000 }, NULL);
	}
	errno = ETIMEDOUT;
	return refuse("waiting for the transfer"), false;
}

/* The fences order memory that the device sees with its registers, which is another kind. */
static bool transfer(volatile uint8_t *registers, uint64_t source, uint64_t target,
		     unsigned command)
{
	bool done;

	write64(registers, EDU_DMA_SOURCE_REG, source);
	write64(registers, EDU_DMA_TARGET_REG, target);
	write64(registers, EDU_DMA_COUNT_REG, 4);
	atomic_thread_fence(memory_order_seq_cst);
	write64(registers, EDU_DMA_COMMAND_REG, command | EDU_DMA_START);
	done = wait_done(registers);
	atomic_thread_fence(memory_order_seq_cst);
	return done;
}

/*
 * The buffer cannot be reached by the CPU, only by DMA: a value goes in and out by way of a page of
 * our own, whose physical address Linux tells root.
 */
struct bounce {
	volatile uint32_t *value;
	uint64_t phys;
};

static bool bounce_make(struct bounce *bounce)
{
	uint64_t entry = 0, size = (uint64_t)sysconf(_SC_PAGESIZE);
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED | MAP_POPULATE, -1, 0);
	bool good = fd >= 0 && page != MAP_FAILED &&
		    pread(fd, &entry, 8, (off_t)((uintptr_t)page / size * 8)) == 8 && entry >> 63;

	if (fd >= 0)
		close(fd);
	bounce->value = page;
	bounce->phys = (entry & ((1ULL << 55) - 1)) * size;
	return (good && bounce->phys) || (refuse("finding the physical address of a page"), false);
}

/* There and back: a device that cannot even do this proves nothing about other addresses. */
static bool bounce_works(volatile uint8_t *registers, const struct bounce *bounce)
{
	bounce->value[0] = BOUNCE_PATTERN;
	bounce->value[1] = 0;
	if (!transfer(registers, bounce->phys, EDU_BUFFER, 0) ||
	    !transfer(registers, EDU_BUFFER, bounce->phys + 4, EDU_DMA_TO_MEMORY))
		return false;
	if (bounce->value[1] == BOUNCE_PATTERN)
		return true;
	fprintf(stderr,
		"edu-attack: device %s cannot reach this program's own memory at 0x%llx: all of "
		"its DMA is blocked, or it is not behind this machine's memory\n",
		device, (unsigned long long)bounce->phys);
	return false;
}

static int attack_read(volatile uint8_t *registers, const struct bounce *bounce, uint64_t phys)
{
	if (!transfer(registers, phys, EDU_BUFFER, 0) ||
	    !transfer(registers, EDU_BUFFER, bounce->phys, EDU_DMA_TO_MEMORY))
		return 1;
	printf("0x%08x\n", *bounce->value);
	return 0;
}

static int attack_write(volatile uint8_t *registers, const struct bounce *bounce, uint64_t phys,
			uint32_t value)
{
	*bounce->value = value;
	if (!transfer(registers, bounce->phys, EDU_BUFFER, 0) ||
	    !transfer(registers, EDU_BUFFER, phys, EDU_DMA_TO_MEMORY))
		return 1;
	printf("wrote 0x%08x\n", value);
	return 0;
}

static bool parse(const char *text, uint64_t *value)
{
	char *end;

	errno = 0;
	*value = strtoull(text, &end, 0);
	return *text >= '0' && *text <= '9' && !*end && !errno;
}

static int usage(void)
{
	fprintf(stderr,
		"usage: edu-attack [-d DDDD:BB:DD.F] {read PHYS | write PHYS VALUE}\n"
		"Makes QEMU's edu device read or write four bytes of physical memory. Without -d "
		"it is\n"
		"the first one there is. \"read\" prints the value; zero is also what a blocked read "
		"yields.\n"
		"Exit code 3: the device cannot do DMA at all.\n");
	return 2;
}

int main(int argc, char **argv)
{
	volatile uint8_t *registers;
	struct bounce bounce;
	uint64_t phys, value = 0;
	bool writes;

	if (argc > 2 && strcmp(argv[1], "-d") == 0) {
		device = argv[2];
		argc -= 2;
		argv += 2;
	}
	writes = argc == 4 && strcmp(argv[1], "write") == 0 && parse(argv[3], &value) &&
		 value <= UINT32_MAX;
	if (!writes && !(argc == 3 && strcmp(argv[1], "read") == 0))
		return usage();
	if (!parse(argv[2], &phys))
		return usage();
	if (!device && !find_device())
		return 1;
	if (!enable_master() || !(registers = map_registers()))
		return 1;
	if ((read32(registers, EDU_ID_REG) & 0xff) != EDU_ID_MAGIC) {
		errno = ENODEV;
		return refuse("its identification register is not edu's");
	}
	if (!bounce_make(&bounce))
		return 1;
	if (!bounce_works(registers, &bounce))
		return 3;
	return writes ? attack_write(registers, &bounce, phys, (uint32_t)value) :
			attack_read(registers, &bounce, phys);
}
