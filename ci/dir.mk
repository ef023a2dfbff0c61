# SPDX-License-Identifier: GPL-2.0
#
# What the static gates look at, besides sources.

gate-files: $(foreach arch,$(arches),$(hv_objects_$(arch)) $(hv_image_$(arch)).elf)

# Tests that other folders bring.
check_parts += $(if $(wildcard tools/test/test_*.py),tools-test)
