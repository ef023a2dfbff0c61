// SPDX-License-Identifier: GPL-2.0
/*
 * Linux' end of a shared-memory window, in the root cell or another one, through the uio_ivshmem
 * driver: shows what the device says about itself, then sends texts to a peer with doorbells and
 * prints what it answers, or the other way round; or shows that nothing is left of the window once
 * its device is gone. Message convention, in the output section: sequence, length, then the text;
 * the sequence is written last and changes with every message.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define WAIT_MS 5000
#define WAIT_TRIES 16	/* state changes interrupt, too */
#define MAX_TEXT 64
#define STATE_RUN 1	/* any value but 0 tells the peers that somebody is there */
#define HOLD_PAUSE_US 10000
#define PAGE 4096
#define PCI_CAP_POINTER 0x34
#define PCI_CAP_MSIX 0x11

/* ivshmem v2, BAR 0. */
struct registers {
	uint32_t id;
	uint32_t max_peers;
	uint32_t interrupt_control;
	uint32_t doorbell;
	uint32_t state;
};

#define DOORBELL(target, vector) ((uint32_t)(target) << 16 | (vector))

struct message {
	_Atomic uint32_t sequence;
	uint32_t length;
	char text[];
};

enum map { REGISTERS, STATE_TABLE, RW_SECTION, INPUT_SECTIONS, OUTPUT_SECTION, MAPS };

static const char *const map_names[MAPS] = {
	"registers", "state_table", "rw_section", "input_sections", "output_section",
};

struct window {
	const char *path;
	int fd;
	volatile struct registers *registers;
	void *map[MAPS];
	size_t size[MAPS];
	uint32_t target, vector;
	bool answers;		/* waits for messages as long as it takes */
	char heard[MAX_TEXT];
};

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int refuse(const struct window *window, const char *what)
{
	fprintf(stderr, "ivshmem-demo: %s: %s: %s\n", window->path, what, strerror(errno));
	return 1;
}

/* The text of a file below this device's maps folder. */
static bool read_map_file(const struct window *window, unsigned map, const char *file, char *text,
			  size_t size)
{
	char path[256];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/sys/class/uio/%s/maps/map%u/%s", base_name(window->path),
		 map, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	length = read(fd, text, size - 1);
	close(fd);
	text[length > 0 ? length : 0] = 0;
	text[strcspn(text, "\n")] = 0;
	return length > 0;
}

static int map_index(const char *name)
{
	for (int i = 0; i < MAPS; i++)
		if (strcmp(name, map_names[i]) == 0)
			return i;
	return -1;
}

/* Sections a window does not have have no map; a map's name says which section it is. */
static bool map_sections(struct window *window)
{
	char text[64];

	for (unsigned i = 0; i < MAPS && read_map_file(window, i, "name", text, sizeof(text));
	     i++) {
		int section = map_index(text);
		bool writes =
			section == REGISTERS || section == RW_SECTION || section == OUTPUT_SECTION;
		void *map;

		if (section < 0 || !read_map_file(window, i, "size", text, sizeof(text)))
			continue;
		window->size[section] = strtoull(text, NULL, 0);
		if (!window->size[section])
			continue;
		map = mmap(NULL, window->size[section], PROT_READ | (writes ? PROT_WRITE : 0),
			   MAP_SHARED, window->fd, (off_t)i * PAGE);
		if (map == MAP_FAILED)
			return refuse(window, map_names[section]), false;
		window->map[section] = map;
	}
	window->registers = window->map[REGISTERS];
	errno = ENODEV;
	if (!window->registers || !window->map[STATE_TABLE])
		return refuse(window,
			      "this is no window of uio_ivshmem, it has no registers or no states"),
		       false;
	return true;
}

static bool window_open(struct window *window)
{
	window->fd = open(window->path, O_RDWR | O_CLOEXEC);
	if (window->fd < 0)
		return refuse(window, "opening; is uio_ivshmem loaded and the hypervisor enabled"),
		       false;
	return map_sections(window);
}

static uint32_t state_of(const struct window *window, uint32_t peer)
{
	return ((volatile uint32_t *)window->map[STATE_TABLE])[peer];
}

static void window_print(const struct window *window)
{
	uint32_t peers = window->registers->max_peers;

	printf("ID = %u\nMax. peers = %u\n", window->registers->id, peers);
	for (int i = 0; i < MAPS; i++)
		if (window->map[i])
			printf("%-14s 0x%zx bytes\n", map_names[i], window->size[i]);
	for (uint32_t i = 0; i < peers; i++)
		printf("State of peer %u = %u\n", i, state_of(window, i));
}

/* The peer's output section as we see it: one after the other in the order of ids. */
static const struct message *input_of(const struct window *window, uint32_t peer)
{
	size_t size = window->size[OUTPUT_SECTION];

	if (!window->map[INPUT_SECTIONS] || (peer + 1) * size > window->size[INPUT_SECTIONS])
		return NULL;
	return (const void *)((const char *)window->map[INPUT_SECTIONS] + peer * size);
}

/*
 * Doorbell vector for messages: vector 0 also tells of state changes, so it is 1 where the device
 * has more than one (its MSI-X capability says so).
 */
static uint32_t message_vector(const struct window *window)
{
	unsigned char config[256] = { 0 };
	char path[256];
	ssize_t length;
	int fd;

	snprintf(path, sizeof(path), "/sys/class/uio/%s/device/config", base_name(window->path));
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	length = read(fd, config, sizeof(config));
	close(fd);
	if (length < (ssize_t)sizeof(config))
		return 0;
	for (unsigned at = config[PCI_CAP_POINTER], tries = 0;
	     at >= 0x40 && at < 0xfc && tries < 48; at = config[at + 1], tries++)
		if (config[at] == PCI_CAP_MSIX)
			return ((config[at + 3] & 7u) << 8 | config[at + 2]) > 0;
	return 0;
}

/* The one other id of a window with two ends. */
static bool choose_target(struct window *window, long target)
{
	uint32_t peers = window->registers->max_peers, own = window->registers->id;

	window->target = target >= 0 ? (uint32_t)target : own == 0 ? 1 : 0;
	errno = EINVAL;
	if (window->target >= peers || window->target == own || !input_of(window, window->target)) {
		fprintf(stderr,
			"ivshmem-demo: target %u: this window has peers 0 to %u, %u is this end\n",
			window->target, peers - 1, own);
		return false;
	}
	return true;
}

static void send_text(const struct window *window, const char *text)
{
	struct message *message = window->map[OUTPUT_SECTION];

	message->length = (uint32_t)strlen(text);
	memcpy(message->text, text, message->length);
	atomic_store_explicit(&message->sequence, message->sequence + 1, memory_order_release);
	/* Registers are another kind of memory: only a full fence orders the two. */
	atomic_thread_fence(memory_order_seq_cst);
	window->registers->doorbell = DOORBELL(window->target, window->vector);
	printf("sent: \"%s\"\n", text);
}

/* One interrupt; false: not within WAIT_MS. */
static bool wait_interrupt(const struct window *window)
{
	struct pollfd wait = { .fd = window->fd, .events = POLLIN };
	uint32_t count;

	if (poll(&wait, 1, window->answers ? -1 : WAIT_MS) != 1 ||
	    read(window->fd, &count, sizeof(count)) != sizeof(count))
		return false;
	printf("interrupt %u\n", count);
	return true;
}

/* The peer is not trusted with our terminal: what does not fit or print is not taken over. */
static void hear(struct window *window, const struct message *message)
{
	uint32_t length = message->length, room = (uint32_t)window->size[OUTPUT_SECTION];

	if (length > room - sizeof(*message))
		length = room - (uint32_t)sizeof(*message);
	if (length > MAX_TEXT - 1)
		length = MAX_TEXT - 1;
	for (uint32_t i = 0; i < length; i++) {
		char c = message->text[i];

		window->heard[i] = c >= ' ' && c < 0x7f ? c : '?';
	}
	window->heard[length] = 0;
	printf("received: \"%s\"\n", window->heard);
}

/* Wait for a message other than the one numbered *seen. */
static bool receive_message(struct window *window, uint32_t *seen)
{
	const struct message *message = input_of(window, window->target);

	for (int tries = 0; window->answers || tries < WAIT_TRIES; tries++) {
		uint32_t sequence;

		/* One-shot mode: ask for the next interrupt, then look: none is missed. */
		window->registers->interrupt_control = 1;
		atomic_thread_fence(memory_order_seq_cst);
		sequence = atomic_load_explicit(&message->sequence, memory_order_acquire);
		if (sequence != *seen) {
			*seen = sequence;
			hear(window, message);
			return true;
		}
		if (!wait_interrupt(window))
			break;
	}
	fprintf(stderr, "ivshmem-demo: peer %u did not answer within %d s; its state is %u\n",
		window->target, WAIT_MS / 1000, state_of(window, window->target));
	return false;
}

static void ask(struct window *window, unsigned number)
{
	char text[MAX_TEXT];

	snprintf(text, sizeof(text), "message %u from peer %u", number, window->registers->id);
	send_text(window, text);
}

static void answer(struct window *window)
{
	char text[sizeof("heard: ") + MAX_TEXT];

	snprintf(text, sizeof(text), "heard: %s", window->heard);
	send_text(window, text);
}

static int converse(struct window *window, unsigned count)
{
	const struct message *message = input_of(window, window->target);
	uint32_t seen = atomic_load_explicit(&message->sequence, memory_order_acquire);
	unsigned done = 0;

	window->registers->interrupt_control = 1;
	window->registers->state = STATE_RUN;
	while (done < count || (window->answers && !count)) {
		if (!window->answers)
			ask(window, done + 1);
		if (!receive_message(window, &seen))
			break;
		if (window->answers)
			answer(window);
		done++;
	}
	window->registers->state = 0;
	printf("%u of %u messages were answered\n", done, count);
	return done != count;
}

static sigjmp_buf map_is_gone;

static void on_sigbus(int signal)
{
	siglongjmp(map_is_gone, signal);
}

/* Does a map still show something? */
static bool touch(const volatile uint32_t *map)
{
	if (sigsetjmp(map_is_gone, 1))
		return false;
	(void)*map;
	return true;
}

static unsigned maps_left(const struct window *window)
{
	unsigned left = 0;

	for (int i = 0; i < MAPS; i++)
		left += window->map[i] && touch(window->map[i]);
	return left;
}

/* Keeps the maps until the device is taken away, and looks again when all have had time to go. */
static int hold(const struct window *window)
{
	unsigned all = maps_left(window), left;

	signal(SIGBUS, on_sigbus);
	printf("holding %u maps\n", all);
	do
		usleep(HOLD_PAUSE_US);
	while (maps_left(window) == all);
	usleep(HOLD_PAUSE_US);
	left = maps_left(window);
	printf("%u of %u maps are gone\n", all - left, all);
	return left != 0;
}

static int usage(void)
{
	fprintf(stderr, "usage: ivshmem-demo [-d /dev/uioN] [-t TARGET] [-n COUNT] [-v VECTOR] [-a | -k]\n"
			"Sends COUNT messages (default 3, 0: only show the window) to peer TARGET "
			"and waits for an\n"
			"answer to each. -a: waits for COUNT messages instead (0: for ever) and answers "
			"them.\n"
			"-k: keeps the window until its device is gone, and says what is left of it.\n"
			"VECTOR is the doorbell's interrupt: 1, or 0 if the device has only one.\n");
	return 2;
}

static bool parse(const char *text, long *value)
{
	char *end;

	*value = strtol(text, &end, 10);
	return *text >= '0' && *text <= '9' && !*end && *value <= 1000000;
}

int main(int argc, char **argv)
{
	struct window window = { .path = "/dev/uio0" };
	long target = -1, count = 3, vector = -1;
	bool keeps = false;
	int option;

	setvbuf(stdout, NULL, _IOLBF, 0);
	while ((option = getopt(argc, argv, "d:t:n:v:ak")) != -1) {
		if (option == 'd')
			window.path = optarg;
		else if (option == 'a')
			window.answers = true;
		else if (option == 'k')
			keeps = true;
		else if (!(option == 't' ? parse(optarg, &target) :
			   option == 'n' ? parse(optarg, &count) :
			   option == 'v' ? parse(optarg, &vector) : false))
			return usage();
	}
	if (optind != argc)
		return usage();
	if (!window_open(&window))
		return 1;
	if (keeps)
		return hold(&window);
	window.vector = vector >= 0 ? (uint32_t)vector : message_vector(&window);
	if (!count && !window.answers)
		return window_print(&window), 0;
	if (!choose_target(&window, target))
		return 1;
	errno = ENODEV;
	if (!window.map[OUTPUT_SECTION])
		return refuse(&window, "the window has no output section");
	return converse(&window, (unsigned)count);
}
