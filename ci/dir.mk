# SPDX-License-Identifier: GPL-2.0
#
# What the static gates look at, besides sources.

gate-files: $(hv_image_objects)
