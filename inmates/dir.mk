# SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
#
# Inmates: every inmates/demos/NAME.c becomes build/inmates/x86/NAME.bin, loaded at address 0 of a cell.

inmate_out := build/inmates/x86
inmate_lib_sources := $(wildcard inmates/lib/*.c inmates/lib/x86/*.c inmates/lib/x86/*.S)
inmate_lib_objects := $(patsubst inmates/%,$(inmate_out)/%.o,$(inmate_lib_sources))
inmate_demos := $(patsubst inmates/demos/%.c,%,$(wildcard inmates/demos/*.c))
inmate_bins := $(inmate_demos:%=$(inmate_out)/%.bin)

inmate_cflags := -std=gnu11 -O2 -g -Wall -Wextra -Werror -Wmissing-prototypes -ffreestanding \
	-fno-pic -fno-stack-protector -fno-asynchronous-unwind-tables -fcf-protection=none \
	-fno-delete-null-pointer-checks -fno-tree-loop-distribute-patterns -fno-strict-aliasing \
	-fno-common -mno-red-zone -mgeneral-regs-only \
	-I inmates/lib/x86/include -I inmates/lib/include -I include

$(inmate_out)/%.c.o: inmates/%.c
	$(call say,CC,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(inmate_cflags) -MMD -MP -c -o $@ $<

$(inmate_out)/%.S.o: inmates/%.S
	$(call say,AS,$@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(inmate_cflags) -D__ASSEMBLY__ -MMD -MP -c -o $@ $<

# The inmate's object comes first: its own .cmdline replaces the library's.
$(inmate_out)/%.elf: $(inmate_out)/demos/%.c.o $(inmate_lib_objects) inmates/lib/x86/inmate.lds
	$(call say,LD,$@)
	$(Q)ld -nostdlib -static -z noexecstack --no-warn-rwx-segments -T inmates/lib/x86/inmate.lds \
		-o $@ $(filter %.o,$^)

$(inmate_out)/%.bin: $(inmate_out)/%.elf
	$(call say,OBJCOPY,$@)
	$(Q)objcopy -O binary --remove-section=.note.gnu.property $< $@

# A 64 KiB ROM that stands in for the hypervisor, to run inmates alone in QEMU.
bare_rom := $(inmate_out)/bare/rom.bin
$(inmate_out)/bare/%.elf: $(inmate_out)/bare/%.S.o
	$(Q)ld -nostdlib -static -z noexecstack -Ttext=0xf0000 -e 0xf0000 -o $@ $<
$(inmate_out)/bare/%.bin: $(inmate_out)/bare/%.elf
	$(call say,OBJCOPY,$@)
	$(Q)objcopy -O binary $< $@

inmates: $(inmate_bins) $(bare_rom)
.PHONY: inmates

inmates-bare: inmates
	@inmates/bare/run
.PHONY: inmates-bare

-include $(wildcard $(inmate_out)/*/*.d $(inmate_out)/*/*/*.d)
