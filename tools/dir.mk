# SPDX-License-Identifier: GPL-2.0
#
# Programs for root Linux, in build/tools (x86) and build/arm64/tools. All are static, so that they run in
# an initramfs without any library. build/tools/test/jailhouse-fake is the same tool without a kernel behind
# it, for tests only.

tools_names := jailhouse ivshmem-demo edu-attack
tools_sources := $(sort $(wildcard tools/jailhouse/*.c))
tools_pure := $(filter-out %_test.c %_fuzz.c %_proof.c %/string.c, \
	$(sort $(wildcard hypervisor/base/*.c hypervisor/pt/*.c hypervisor/config/*.c hypervisor/plan/*.c)))
tools_objects := $(patsubst %.c,%.o,$(tools_sources) $(tools_pure))
tools_version := $(shell git describe --always --dirty 2>/dev/null || echo unknown)

TOOLS_CFLAGS := -std=gnu11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Werror -Wconversion -MMD -MP
TOOLS_LIBS := -lncurses -ltinfo -lfdt -lz
TOOLS_INCLUDES := -I . -I hypervisor -I include -I build/tools/obj

tools: $(foreach arch,$(arches),$(tools_names:%=$(out_$(arch))/tools/%))

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

# $(call tools_rules,ARCHITECTURE,ITS FOLDER,MORE FLAGS)
define tools_rules
$(2)/obj/tools/jailhouse/main.o: build/tools/obj/version.h
$(2)/obj/tools/jailhouse/screen.o: build/tools/obj/terminfo_builtin.h

$(2)/obj/tools/%.o: tools/%.c tools/dir.mk
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(CROSS_$(1))$$(CC) $$(TOOLS_CFLAGS) $(3) $$(TOOLS_INCLUDES) -c -o $$@ $$<

$(2)/obj/hypervisor/%.o: hypervisor/%.c tools/dir.mk
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(CROSS_$(1))$$(CC) $$(filter-out -Wconversion,$$(TOOLS_CFLAGS)) -ffreestanding $$(HV_INCLUDES) -c -o $$@ $$<

$(2)/jailhouse: $$(tools_objects:%=$(2)/obj/%)
	$$(call say,LINK,$$@)
	$$(Q)$(CROSS_$(1))$$(CC) -static -o $$@ $$^ $(3) $$(TOOLS_LIBS)

$(filter-out %/jailhouse,$(tools_names:%=$(2)/%)): $(2)/%: $(2)/obj/tools/%.o
	$$(call say,LINK,$$@)
	$$(Q)$(CROSS_$(1))$$(CC) -static -o $$@ $$^
endef
$(eval $(call tools_rules,x86,$(out_x86)/tools))
# Headers of the sysroot after those of the cross compiler's own C library.
$(eval $(call tools_rules,arm64,$(out_arm64)/tools,-idirafter $(SYSROOT_arm64)/usr/include \
	-L $(SYSROOT_arm64)/usr/lib/aarch64-linux-gnu))

build/tools/test/jailhouse-fake: $(patsubst %,build/tools/obj/%,$(filter-out %/device.o,$(tools_objects)) \
		tools/fake_device.o)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(CC) -static -o $@ $^ $(TOOLS_LIBS)

# The command line, its documentation and its completion, against a fake driver.
tools-test: tools configs inmates build/tools/test/jailhouse-fake
	@PYTHONDONTWRITEBYTECODE=1 python3 -m pytest -q -p no:cacheprovider tools/test

.PHONY: tools-test force
force:

-include $(shell find build/tools/obj build/arm64/tools/obj -name '*.d' 2>/dev/null)
