# SPDX-License-Identifier: GPL-2.0
# Kernel modules, one set per stock kernel that ci/setup provides:
#   build/driver/<release>/{jailhouse,uio_ivshmem,nmi_storm}.ko    (the last one is for tests)
# Each is built in a copy of the sources, so that nothing appears beside them.

DRIVER_KERNELS := $(wildcard $(or $(CELLBLOCK_CACHE),/var/cache/cellblock)/kernels/*)
DRIVER_RELEASES := $(foreach kernel,$(DRIVER_KERNELS),$(shell cat $(kernel)/release 2>/dev/null))
DRIVER_VERSION := $(or $(shell git describe --always --dirty 2>/dev/null),unknown)

DRIVER_MODULES := jailhouse uio_ivshmem nmi_storm
DRIVER_OWN := $(wildcard driver/*.[chS]) driver/Kbuild
DRIVER_SHARED := $(filter-out %_test.c %_fuzz.c %_proof.c %/string.c %/pool.c, \
	$(wildcard hypervisor/base/*.[ch] hypervisor/config/*.[ch]))
DRIVER_WIRE := $(wildcard include/jailhouse/*.h)

.PHONY: driver
driver: $(DRIVER_RELEASES:%=build/driver/%/jailhouse.ko)

# $(call driver_rule,kernel directory,release)
define driver_rule
$(DRIVER_MODULES:%=build/driver/$(2)/%.ko) &: $(DRIVER_OWN) $(DRIVER_SHARED) $(DRIVER_WIRE)
	@echo "  MODULE  $(2)"
	@rm -rf build/driver/$(2)/base build/driver/$(2)/config
	@mkdir -p build/driver/$(2)/base build/driver/$(2)/config build/driver/$(2)/include/jailhouse
	@cp -p $(DRIVER_OWN) build/driver/$(2)/
	@cp -p $(filter hypervisor/base/%,$(DRIVER_SHARED)) build/driver/$(2)/base/
	@cp -p $(filter hypervisor/config/%,$(DRIVER_SHARED)) build/driver/$(2)/config/
	@cp -p $(DRIVER_WIRE) build/driver/$(2)/include/jailhouse/
	@$(MAKE) -s -C $(1)/build M=$(CURDIR)/build/driver/$(2) DRIVER_VERSION=$(DRIVER_VERSION) modules
	@touch $(DRIVER_MODULES:%=build/driver/$(2)/%.ko)
endef
$(foreach kernel,$(DRIVER_KERNELS),$(eval $(call driver_rule,$(kernel),$(shell cat $(kernel)/release))))
