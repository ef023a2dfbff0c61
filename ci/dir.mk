# SPDX-License-Identifier: GPL-2.0
#
# What the static gates look at, besides sources.

gate-files: $(foreach arch,$(arches),$(hv_objects_$(arch)) $(hv_image_$(arch)).elf)

# Tests that other folders bring.
check_parts += $(if $(wildcard tools/test/test_*.py),tools-test)

# What decides whether a boot test passed.
ci-test:
	@PYTHONDONTWRITEBYTECODE=1 python3 -m pytest -q -p no:cacheprovider ci/test
check_parts += ci-test
.PHONY: ci-test
