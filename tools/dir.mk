# SPDX-License-Identifier: GPL-2.0
#
# Programs for root Linux. All are static, so that they run in an initramfs without any library.
# build/tools/test/jailhouse-fake is the same tool without a kernel behind it, for tests only.

tools_static := build/tools/jailhouse build/tools/ivshmem-demo build/tools/edu-attack
tools_sources := $(sort $(wildcard tools/jailhouse/*.c))
tools_pure := $(filter-out %_test.c %_fuzz.c %_proof.c %/string.c, \
	$(sort $(wildcard hypervisor/base/*.c hypervisor/pt/*.c hypervisor/config/*.c hypervisor/plan/*.c)))
tools_objects := $(patsubst %.c,build/tools/obj/%.o,$(tools_sources) $(tools_pure))
tools_version := $(shell git describe --always --dirty 2>/dev/null || echo unknown)

TOOLS_CFLAGS := -std=gnu11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Werror -Wconversion -MMD -MP
TOOLS_INCLUDES := -I . -I hypervisor -I include -I build/tools/obj

tools: $(tools_static)

build/tools/obj/terminfo_builtin.h: tools/dir.mk
	@mkdir -p $(@D)
	$(call say,GEN,$@)
	$(Q)for term in linux vt100; do \
		printf '#define TERMINFO_%s "%s"\n' $${term^^} "$$(infocmp -0 -q -Q1 $$term)"; \
	done >$@

# Only the program's first file knows the version.
build/tools/obj/version.h: force
	@mkdir -p $(@D)
	@echo '#define TOOL_VERSION "$(tools_version)"' >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

build/tools/obj/tools/jailhouse/main.o: build/tools/obj/version.h
build/tools/obj/tools/jailhouse/screen.o: build/tools/obj/terminfo_builtin.h

build/tools/obj/tools/%.o: tools/%.c tools/dir.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(TOOLS_CFLAGS) $(TOOLS_INCLUDES) -c -o $@ $<

build/tools/obj/hypervisor/%.o: hypervisor/%.c tools/dir.mk
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(CC) $(filter-out -Wconversion,$(TOOLS_CFLAGS)) -ffreestanding $(HV_INCLUDES) -c -o $@ $<

build/tools/jailhouse: $(tools_objects)
	$(call say,LINK,$@)
	$(Q)$(CC) -static -o $@ $^ -lncurses -ltinfo

build/tools/test/jailhouse-fake: $(filter-out %/device.o,$(tools_objects)) build/tools/obj/tools/fake_device.o
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) -static -o $@ $^ -lncurses -ltinfo

build/tools/ivshmem-demo build/tools/edu-attack: build/tools/%: build/tools/obj/tools/%.o
	$(call say,LINK,$@)
	$(Q)$(CC) -static -o $@ $^

# The command line, its documentation and its completion, against a fake driver.
tools-test: tools configs build/tools/test/jailhouse-fake
	@PYTHONDONTWRITEBYTECODE=1 python3 -m pytest -q -p no:cacheprovider tools

.PHONY: tools-test force
force:

-include $(shell find build/tools/obj -name '*.d' 2>/dev/null)
