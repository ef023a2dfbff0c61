/* SPDX-License-Identifier: GPL-2.0 */
/* Commands that live in programs of their own. */
#ifndef TOOLS_HELPER_H
#define TOOLS_HELPER_H

/* Where a package puts programs and images that belong to this one. */
#ifndef LIBEXEC_DIR
#define LIBEXEC_DIR "/usr/local/libexec/jailhouse"
#endif

/* Become jailhouse-WORD1-WORD2 if there is such a program; returns when there is not. */
void helper_try(const char *program, int argc, char **argv);

#endif
