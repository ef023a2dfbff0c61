// SPDX-License-Identifier: GPL-2.0
/* Looked for beside this program, in the library folder, and where the build leaves it. */
#include <libgen.h>
#include <stdio.h>
#include <unistd.h>

#include "helper.h"
#include "linux_loader.h"

/* Below the program's folder; the last two are those of a build for this and for another machine. */
static const char *const places[] = {
	"%s/" LINUX_LOADER_NAME,
	LIBEXEC_DIR "/" LINUX_LOADER_NAME,
	"%s/../../inmates/arm64/" LINUX_LOADER_NAME,
	"%s/../inmates/arm64/" LINUX_LOADER_NAME,
};

const char *linux_loader_find(const char *wish, char *path, size_t room)
{
	char program[256];
	ssize_t length = readlink("/proc/self/exe", program, sizeof(program) - 1);
	const char *folder;

	if (wish)
		return wish;
	program[length > 0 ? length : 0] = 0;
	folder = dirname(program);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (snprintf(path, room, places[i], folder) < (int)room && access(path, R_OK) == 0)
			return path;
	return NULL;
}
