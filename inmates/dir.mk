# SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
#
# Inmates: build/inmates/ARCH/NAME.bin, loaded at address 0 of a cell. NAME is a file of demos/, which
# all architectures have, or of demos/ARCH/ or tools/ARCH/. Files of the same name are parts of one
# inmate, and so are all in demos/ARCH/NAME/.

inmate_archs := x86 arm64
inmate_cflags := -std=gnu11 -O2 -g -Wall -Wextra -Werror -Wmissing-prototypes -ffreestanding \
	-fno-pic -fno-stack-protector -fno-asynchronous-unwind-tables \
	-fno-delete-null-pointer-checks -fno-tree-loop-distribute-patterns -fno-strict-aliasing \
	-fno-common -mgeneral-regs-only -I inmates/lib/include -I include

inmate_tools_x86 :=
inmate_cflags_x86 := -fcf-protection=none -mno-red-zone
inmate_tools_arm64 := aarch64-linux-gnu-
inmate_cflags_arm64 := -march=armv8-a -mno-outline-atomics -mstrict-align

inmate_link = $(inmate_tools_$1)ld -nostdlib -static -z noexecstack --no-warn-rwx-segments

# $(call inmate_rules,ARCH)
define inmate_rules
inmate_out_$1 := build/inmates/$1
inmate_cc_$1 := $(inmate_tools_$1)gcc $(inmate_cflags) $(inmate_cflags_$1) -I inmates/lib/$1/include
inmate_lib_$1 := $$(patsubst inmates/%,build/inmates/$1/%.o,\
	$$(wildcard inmates/lib/*.[cS] inmates/lib/$1/*.[cS]))
inmate_sources_$1 := $$(wildcard inmates/demos/*.c inmates/demos/$1/*.[cS] inmates/tools/$1/*.[cS])
inmate_names_$1 := $$(sort $$(basename $$(notdir $$(inmate_sources_$1))))
inmate_bins_$1 := $$(inmate_names_$1:%=build/inmates/$1/%.bin)

build/inmates/$1/%.c.o: inmates/%.c
	$$(call say,CC,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(inmate_cc_$1) -MMD -MP -c -o $$@ $$<

build/inmates/$1/%.S.o: inmates/%.S
	$$(call say,AS,$$@)
	@mkdir -p $$(@D)
	$$(Q)$$(inmate_cc_$1) -D__ASSEMBLY__ -MMD -MP -c -o $$@ $$<

build/inmates/$1/%.elf: $$(inmate_lib_$1) inmates/lib/$1/inmate.lds
	$$(call say,LD,$$@)
	$$(Q)$(call inmate_link,$1) -T inmates/lib/$1/inmate.lds -o $$@ $$(filter %.o,$$^)

build/inmates/$1/%.bin: build/inmates/$1/%.elf
	$$(call say,OBJCOPY,$$@)
	$$(Q)$(inmate_tools_$1)objcopy -O binary --remove-section=.note.gnu.property $$< $$@

# What stands in for the hypervisor, to run inmates alone in QEMU.
build/inmates/$1/bare/stub.elf: build/inmates/$1/bare/$1/stub.S.o inmates/bare/$1/stub.lds
	$$(call say,LD,$$@)
	$$(Q)$(call inmate_link,$1) -T inmates/bare/$1/stub.lds -o $$@ $$<

$$(foreach source,$$(inmate_sources_$1),\
	$$(eval $$(call inmate_part,$1,$$(basename $$(notdir $$(source))),$$(source))))
$$(foreach source,$$(wildcard inmates/demos/$1/*/*.c),\
	$$(eval $$(call inmate_part,$1,$$(notdir $$(patsubst %/,%,$$(dir $$(source)))),$$(source))))
endef

# $(call inmate_part,ARCH,NAME,SOURCE): the inmate of that name is linked from it.
define inmate_part
build/inmates/$1/$2.elf: $(patsubst inmates/%,build/inmates/$1/%.o,$3)
endef

$(foreach arch,$(inmate_archs),$(eval $(call inmate_rules,$(arch))))

inmates: $(foreach arch,$(inmate_archs),$(inmate_bins_$(arch)) build/inmates/$(arch)/bare/stub.bin)
.PHONY: inmates

# Programs and their library by themselves; boots have them under the hypervisor.
inmates-bare: inmates
	@ARCH="$(ARCH)" inmates/bare/run
check_parts += inmates-bare
.PHONY: inmates-bare

-include $(wildcard $(foreach arch,$(inmate_archs),\
	$(patsubst %,build/inmates/$(arch)/%/*.d,. demos demos/* demos/*/* tools/* lib lib/* bare/*)))
