# SPDX-License-Identifier: GPL-2.0
#
# What the static gates look at, besides sources.

# The unfinished part of arm64 only when asked for.
gate-files: $(filter-out $(if $(ARCH),,build/arm64/hypervisor/arch/arm64/%),$(foreach arch,$(arches),$(hv_objects_$(arch))))

# Tests that other folders bring.
check_parts += $(if $(wildcard tools/test_*.py),tools-test)
