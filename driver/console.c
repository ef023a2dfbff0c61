// SPDX-License-Identifier: GPL-2.0
/*
 * The console is a ring that is overwritten without waiting for readers. Each reader has his own
 * place in it and is told how much he missed.
 */
#include <linux/minmax.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "console.h"
#include "report.h"
#include "state.h"

#define RING sizeof(((struct jailhouse_virt_console *)0)->content)

/* What was said when the hypervisor went; number 0: nothing yet. Under the driver's lock. */
static struct {
	struct jailhouse_virt_console content;
	unsigned int number;
} last;

struct reader {
	u32 head;		/* next character, counted like the tail */
	unsigned int last_read;	/* number of the last content this reader has read to its end */
	unsigned int fetched;	/* number that was current when copy was filled */
	struct jailhouse_virt_console copy;
};

static bool console_permitted(void)
{
	return hypervisor.system.header &&
	       SYS_FLAGS_VIRTUAL_DEBUG_CONSOLE(hypervisor.system.header->flags);
}

void console_keep(void)
{
	if (!console_permitted() || !report_console(&last.content))
		return;
	last.number++;
}

int console_open(struct inode *inode, struct file *file)
{
	struct reader *reader = kzalloc(sizeof(*reader), GFP_KERNEL);

	if (!reader)
		return -ENOMEM;
	file->private_data = reader;
	return 0;
}

int console_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

/*
 * Fills the reader's copy from the running hypervisor or the one that went. 1: there may be
 * something new; 0: there is not; negative errno.
 */
static int console_fetch(struct reader *reader)
{
	int result = 1;

	if (mutex_lock_interruptible(&hypervisor.lock))
		return -EINTR;
	reader->fetched = last.number;
	if (hypervisor.enabled) {
		if (!console_permitted())
			result = -EPERM;
		else
			report_console(&reader->copy);
	} else if (reader->last_read != last.number) {
		reader->copy = last.content;
	} else {
		result = -EAGAIN;
	}
	mutex_unlock(&hypervisor.lock);
	return result;
}

/* Everything of the ring from *head on, with a note if some is lost; returns the length. */
static size_t console_text(struct reader *reader, char *text, size_t size)
{
	u32 tail = reader->copy.tail, waiting;
	size_t length = 0, n;

	if ((s32)(tail - reader->head) < 0)
		reader->head = 0;	/* another hypervisor began anew */
	waiting = tail - reader->head;
	if (waiting > RING) {
		length = scnprintf(text, size, "<missed %zu bytes of console log>\n", waiting - RING);
		reader->head = tail - RING;
		waiting = RING;
	}
	for (n = min_t(size_t, waiting, size - length); n > 0; n--)
		text[length++] = reader->copy.content[reader->head++ % RING];
	return length;
}

static ssize_t console_deliver(struct reader *reader, char __user *to, size_t size)
{
	char text[128];
	size_t length = console_text(reader, text, min(size, sizeof(text)));

	return copy_to_user(to, text, length) ? -EFAULT : length;
}

/* Polls, as the hypervisor has no way to wake us. */
ssize_t console_read(struct file *file, char __user *to, size_t size, loff_t *unused)
{
	struct reader *reader = file->private_data;
	bool nonblocking = file->f_flags & O_NONBLOCK;
	ssize_t length;
	int state;

	if (!size)
		return 0;
	for (;;) {
		state = console_fetch(reader);
		if (state < 0 && (state != -EAGAIN || nonblocking))
			return state;
		length = state > 0 ? console_deliver(reader, to, size) : 0;
		if (length)
			return length;
		reader->last_read = reader->fetched;
		if (nonblocking)
			return 0;
		schedule_timeout_interruptible(HZ / 10);
		if (signal_pending(current))
			return -EINTR;
	}
}

ssize_t console_dump(char *text)
{
	struct jailhouse_virt_console *copy;
	size_t length = 0;
	u32 head;

	if (!hypervisor.enabled)
		return 0;
	if (!console_permitted())
		return -EPERM;
	copy = kmalloc(sizeof(*copy), GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	report_console(copy);
	for (head = copy->tail > RING ? copy->tail - RING : 0; head != copy->tail; head++)
		text[length++] = copy->content[head % RING];
	kfree(copy);
	return length;
}
