# SPDX-License-Identifier: GPL-2.0
#
# What the static gates look at, besides sources.

gate-files: $(hv_image_objects)

# Tests that other folders bring.
check_parts += $(if $(wildcard tools/test_*.py),tools-test)
