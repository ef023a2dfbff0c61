# SPDX-License-Identifier: GPL-2.0
#
# Configs: build/configs/ARCH/NAME.cell, the bytes of the variable config in configs/ARCH/NAME.c.

config_sources := $(sort $(wildcard $(arches:%=configs/%/*.c)))
config_cells := $(config_sources:configs/%.c=build/configs/%.cell)

configs: $(config_cells)

CONFIG_CFLAGS := -std=gnu11 -Wall -Wextra -Werror -Wno-missing-field-initializers -MMD -MP -I include

# $(call config_rules,ARCHITECTURE)
define config_rules
build/configs/$(1)/%.o: configs/$(1)/%.c configs/dir.mk
	@mkdir -p $$(@D)
	$$(Q)$(CROSS_$(1))$$(CC) $$(CONFIG_CFLAGS) -c -o $$@ $$<

build/configs/$(1)/%.cell: build/configs/$(1)/%.o
	$$(call say,CONFIG,$$@)
	$$(Q)$(CROSS_$(1))objcopy -O binary --remove-section=.note.gnu.property $$< $$@
endef
$(foreach arch,x86 arm64,$(eval $(call config_rules,$(arch))))

# A unit test checks every config that was built.
unit-tests: $(config_cells)

-include $(wildcard build/configs/*/*.d)
