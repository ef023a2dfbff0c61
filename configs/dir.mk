# SPDX-License-Identifier: GPL-2.0
#
# Configs: build/configs/x86/NAME.cell, the bytes of the variable config in configs/x86/NAME.c.

config_sources := $(sort $(wildcard configs/x86/*.c))
config_cells := $(config_sources:configs/%.c=build/configs/%.cell)

configs: $(config_cells)

build/configs/%.o: configs/%.c configs/dir.mk
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu11 -Wall -Wextra -Werror -Wno-missing-field-initializers -MMD -MP -I include -c -o $@ $<

build/configs/%.cell: build/configs/%.o
	$(call say,CONFIG,$@)
	$(Q)objcopy -O binary --remove-section=.note.gnu.property $< $@

# A unit test checks every config that was built.
unit-tests: $(config_cells)

-include $(wildcard build/configs/x86/*.d)
