# SPDX-License-Identifier: GPL-2.0
#
# The hypervisor for the machine (build/x86/jailhouse-amd.bin, build/arm64/jailhouse.bin), and its pure
# files for the PC: unit tests below build/host, fuzz targets below build/fuzz. What a file is follows from
# where it lies.

hv_files := $(sort $(shell find hypervisor -name '*.c' -o -name '*.S'))
hv_sources := $(filter-out %_test.c %_fuzz.c %_proof.c %_kit.c,$(hv_files))

# --- for the machine ---

hv_image_x86 := build/x86/jailhouse-amd
hv_image_arm64 := build/arm64/jailhouse

# gnu11 defines the word linux; here it is an ordinary name.
HV_INCLUDES := -I hypervisor -I include -Ulinux
HV_CFLAGS := -std=gnu11 -g -ffreestanding -mgeneral-regs-only -Wall -Wextra -Werror -Wvla -fstack-usage \
	-fno-common -fno-stack-protector -fno-asynchronous-unwind-tables \
	-ffunction-sections -fdata-sections -fvisibility=hidden -MMD -MP $(HV_INCLUDES)
HV_CFLAGS_x86 := -fpie -mno-red-zone -fcall-saved-r10 -fcall-saved-r11 -mpreferred-stack-boundary=3 \
	-fcf-protection=none
# No C runs with the MMU off, so packed fields may be read as they lie (SCTLR_EL2.A is 0).
HV_CFLAGS_arm64 := -fno-pic -mcmodel=tiny -ffixed-x18 -fomit-frame-pointer -mno-outline-atomics -mbranch-protection=none \
	-mfix-cortex-a53-835769
HV_LDFLAGS := -static -no-pie -nostdlib -nostartfiles -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-z,max-page-size=4096 -Wl,--no-warn-rwx-segments -Wl,--gc-sections -Wl,--fatal-warnings

# Small and optimised across files at the link, but for the code that tells exits apart: that is fast.
# The objects stay complete for those who look at them.
hv_hot := $(addprefix arch/,x86/svm/fast.o $(addprefix arm64/,fast.o psci.o gic_fast.o)) \
	boot/hypercall.o
HV_LINKED := -flto -ffat-lto-objects -flto-partition=one -fipa-pta
HV_FAST := -O2 -falign-functions=1 -falign-jumps=1 -falign-loops=1 $(HV_LINKED)
HV_SMALL := -Oz $(HV_LINKED) -fno-tree-loop-im -fno-move-loop-invariants -fno-shrink-wrap -fno-jump-tables \
	-fno-if-conversion -fno-tree-forwprop -fno-tree-dse -fno-early-inlining
# What makes code longer on one of them only.
HV_SMALL_x86 := -fno-tree-dominator-opts -fno-optimize-sibling-calls -fno-tree-fre -fno-tree-tail-merge \
	-fno-forward-propagate
HV_SMALL_arm64 := -fno-tree-vrp
# $(call hv_speed,ARCHITECTURE)
hv_speed = $(if $(filter $(addprefix %/hypervisor/,$(hv_hot)),$@),$(HV_FAST),$(HV_SMALL) $(HV_SMALL_$(1)))

# $(call hv_rules,ARCHITECTURE): its objects, of all files but those of other architectures, and its image.
define hv_rules
hv_objects_$(1) := $$(patsubst %,build/$(1)/%.o,$$(basename $$(filter-out hypervisor/host/% \
	$$(foreach dir,$$(filter-out %/$(1)/,$$(wildcard hypervisor/arch/*/)),$$(dir)%),$$(hv_sources))))

# A loop that copies bytes must not become a call of itself.
build/$(1)/hypervisor/%/string.o: HV_SMALL := -Oz -fno-tree-loop-distribute-patterns

build/$(1)/%.o: %.c hypervisor/dir.mk
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(CROSS_$(1))$$(CC) $$(HV_CFLAGS) $$(HV_CFLAGS_$(1)) $$(call hv_speed,$(1)) -c -o $$@ $$<

build/$(1)/%.o: %.S hypervisor/dir.mk
	@mkdir -p $$(@D)
	$$(call say,AS,$$@)
	$$(Q)$(CROSS_$(1))$$(CC) $$(HV_CFLAGS) $$(HV_CFLAGS_$(1)) -c -o $$@ $$<

$(hv_image_$(1)).elf: $$(hv_objects_$(1)) hypervisor/arch/$(1)/image.lds
	$$(call say,LINK,$$@)
	$$(Q)$(CROSS_$(1))$$(CC) $$(HV_CFLAGS) $$(HV_CFLAGS_$(1)) $$(HV_SMALL) $$(HV_SMALL_$(1)) $$(HV_LDFLAGS) \
		-Wl,-T,hypervisor/arch/$(1)/image.lds -Wl,-Map,$$(@:.elf=.map) -o $$@ $$(hv_objects_$(1))

$(hv_image_$(1)).bin: $(hv_image_$(1)).elf
	$$(call say,IMAGE,$$@)
	$$(Q)$(CROSS_$(1))objcopy -O binary $$< $$@
endef
$(foreach arch,x86 arm64,$(eval $(call hv_rules,$(arch))))

hypervisor: $(foreach arch,$(arches),$(hv_image_$(arch)).bin)

# --- for the PC ---

hv_pure := $(filter %.c,$(filter hypervisor/base/% hypervisor/pt/% hypervisor/config/% \
	hypervisor/plan/% hypervisor/run/% %_tables.c,$(hv_sources)) \
	$(foreach f,$(hv_sources),$(if $(findstring /model/,$(f)),$(f))))
hv_pure := $(sort $(filter-out hypervisor/host/%,$(hv_pure)))
hv_host := $(filter hypervisor/host/%.c,$(hv_sources))
# Device drivers come along, for tests that put them in front of a fake.
hv_drivers := $(filter-out $(hv_pure),$(filter hypervisor/dev/%.c,$(hv_sources)))
hv_pc := $(hv_pure) $(hv_drivers) $(hv_host)
unit_tests += $(patsubst %.c,build/host/%,$(filter %_test.c,$(hv_files)))
proofs := $(filter %_proof.c,$(hv_files))

HOST_SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all
HOST_CFLAGS := -std=gnu11 -g -O1 -Wall -Wextra -Werror $(HOST_SANITIZE) -MMD -MP $(HV_INCLUDES)
# cmocka's functions all have a parameter that most tests do not use.
host_freestanding = $(if $(filter $(hv_pure) $(hv_drivers),$<),-ffreestanding,-Wno-unused-parameter)

build/host/hypervisor/%.o: hypervisor/%.c hypervisor/dir.mk
	@mkdir -p $(@D)
	$(call say,HOSTCC,$@)
	$(Q)$(CC) $(HOST_CFLAGS) $(host_freestanding) -c -o $@ $<

build/host/libpure.a: $(hv_pc:%.c=build/host/%.o)
	$(call say,AR,$@)
	$(Q)rm -f $@ && ar rcs $@ $^

build/host/hypervisor/%_test: build/host/hypervisor/%_test.o build/host/libpure.a
	$(call say,HOSTLD,$@)
	$(Q)$(CC) $(HOST_SANITIZE) -o $@ $^ -lcmocka

# --- fuzz targets ---

fuzz_targets := $(patsubst %.c,build/fuzz/%,$(filter %_fuzz.c,$(hv_files)))
FUZZ_CFLAGS := -std=gnu11 -g -O1 -Wall -Wextra -Werror -MMD -MP $(HV_INCLUDES) \
	-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all

build/fuzz/hypervisor/%.o: hypervisor/%.c hypervisor/dir.mk
	@mkdir -p $(@D)
	$(call say,CLANG,$@)
	$(Q)clang $(FUZZ_CFLAGS) $(host_freestanding) -c -o $@ $<

build/fuzz/libpure.a: $(hv_pc:%.c=build/fuzz/%.o)
	$(Q)rm -f $@ && ar rcs $@ $^

build/fuzz/hypervisor/%_fuzz: build/fuzz/hypervisor/%_fuzz.o build/fuzz/libpure.a
	$(call say,FUZZLD,$@)
	$(Q)clang -fsanitize=fuzzer,address,undefined -o $@ $^

-include $(shell find build/x86/hypervisor build/arm64/hypervisor build/host/hypervisor build/fuzz/hypervisor -name '*.d' 2>/dev/null)
