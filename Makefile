# SPDX-License-Identifier: GPL-2.0
#
# Every target that builds or tests first runs ci/setup and then re-enters make inside the Debian 13
# toolbox, so that every machine uses the same tools. Each folder's dir.mk holds its own rules.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DEFAULT_GOAL := all
SHELL := /bin/bash

help: ## this list
	@echo "make TARGET... [ARCH=x86|arm64]   (as root, on Debian 12 or 13; the first one sets everything up)"
	@echo "Without ARCH all that builds and tests is done for both."
	@sed -n 's/^\([a-z][a-z -]*\):.*## \(.*\)/\1\t\2/p' Makefile | \
		while IFS=$$'\t' read -r name what; do printf '  %-10s %s\n' "$$name" "$$what"; done
.PHONY: help

clean: ## remove build/
	rm -rf build
.PHONY: clean

setup: ## install the toolbox and the stock kernels (all other targets do it when needed)
	@ci/setup
.PHONY: setup

ifeq ($(CELLBLOCK_INSIDE),)

# Outside: any other goal is made inside.
goals := $(filter-out help clean setup,$(or $(MAKECMDGOALS),all))
.PHONY: $(goals) inside
$(goals): inside
	@:
inside:
	@ci/setup
	+@ci/toolbox make $(goals)

else

ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j2
endif
.DELETE_ON_ERROR:
.SECONDARY:

CELLBLOCK_CACHE ?= /var/cache/cellblock
kernels := $(CELLBLOCK_CACHE)/kernels
# Architectures to build and test; make ARCH=arm64 takes one.
arches := $(or $(ARCH),x86 arm64)
$(if $(filter-out x86 arm64,$(arches)),$(error ARCH is x86 or arm64, not $(ARCH)))
CROSS_x86 :=
CROSS_arm64 := aarch64-linux-gnu-
# Where the programs of an architecture go, and where what they link with comes from.
out_x86 := build
out_arm64 := build/arm64
SYSROOT_arm64 := $(CELLBLOCK_CACHE)/arm64
CC := gcc
Q := $(if $(V),,@)
# $(call say,WHAT,FILE): one line per command; make V=1 shows the command too.
say = @printf '  %-8s %s\n' '$(1)' '$(2)'

folders := hypervisor driver configs inmates tools
.PHONY: all $(folders)

all: $(folders) ## build everything into build/ (also: make hypervisor driver configs inmates tools)

# A dir.mk may append unit test executables, and targets that end in `NAME: N passed, N failed`.
unit_tests :=
check_parts := units replay gates
-include $(folders:%=%/dir.mk) ci/dir.mk
check_parts += boots

check: ## all tests: units, fuzz seeds, gates, inmates, tools, ci, boots; the last line counts them
	+@ci/check $(check_parts)

units: configs $(unit_tests) ## unit tests on this computer, with address and undefined-behaviour sanitizers
	@ci/units $(unit_tests)

gates: gate-files ## static gates: floors, three analyzers, stack frames, licenses, pure symbols, scripts
	@ci/gates

boots: all ## boot the stock kernels and test on them (one row: ci/toolbox ci/boot NAME)
	@ci/boot

demo: all ## the tour: a stock Debian is taken over, gives cells a CPU, and gets it back (IOMMU=vtd, amdvi, smmuv3)
	@ci/demo $(arches)

run: all ## root shell in the machine of the tour, to play (x86 unless ARCH says otherwise; IOMMU=...)
	@ci/run $(firstword $(arches))

bench: all ## what the hypervisor costs, in instructions of the emulated machine
	@ci/bench $(arches)

fuzz: $(fuzz_targets) ## fuzz all targets, SECONDS=60 divided among them
	@ci/fuzz $(or $(SECONDS),60) $(fuzz_targets)

replay: $(fuzz_targets) ## run the fuzz targets on their seeds and on what fuzzing found before
	@ci/fuzz 0 $(fuzz_targets)

prove: ## model-check the proofs and see their probes fail
	@ci/prove $(proofs)

.PHONY: check units gates gate-files boots demo run bench fuzz replay prove

endif
