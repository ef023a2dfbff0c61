# SPDX-License-Identifier: GPL-2.0
# Kernel modules, one set per stock kernel that ci/setup provides:
#   build/driver/<release>/{jailhouse,uio_ivshmem}.ko, and for tests memory_look.ko, on x86 also nmi_storm.ko
# Each is built in a copy of the sources, so that nothing appears beside them.

# The name of a kernel tells the architecture: 6.12, 6.12-arm64.
driver_arch = $(if $(filter %-arm64,$(1)),arm64,x86)
DRIVER_KERNELS := $(foreach kernel,$(patsubst %/release,%,$(wildcard $(kernels)/*/release)), \
	$(if $(filter $(arches),$(call driver_arch,$(kernel))),$(kernel)))
DRIVER_VERSION := $(or $(shell git describe --always --dirty 2>/dev/null),unknown)

DRIVER_MODULES_x86 := jailhouse uio_ivshmem memory_look nmi_storm
DRIVER_MODULES_arm64 := jailhouse uio_ivshmem memory_look
DRIVER_OWN := $(wildcard driver/*.[chS]) driver/Kbuild
DRIVER_SHARED := $(filter-out %_test.c %_fuzz.c %_proof.c %/string.c %/pool.c, \
	$(wildcard hypervisor/base/*.[ch] hypervisor/config/*.[ch]))
DRIVER_WIRE := $(wildcard include/jailhouse/*.h)

.PHONY: driver

# $(call driver_rule,kernel directory,release,architecture)
define driver_rule
driver: build/driver/$(2)/jailhouse.ko

$(DRIVER_MODULES_$(3):%=build/driver/$(2)/%.ko) &: $(DRIVER_OWN) $(DRIVER_SHARED) $(DRIVER_WIRE)
	@echo "  MODULE  $(2)"
	@rm -rf build/driver/$(2)/base build/driver/$(2)/config
	@mkdir -p build/driver/$(2)/base build/driver/$(2)/config build/driver/$(2)/include/jailhouse
	@cp -p $(DRIVER_OWN) build/driver/$(2)/
	@cp -p $(filter hypervisor/base/%,$(DRIVER_SHARED)) build/driver/$(2)/base/
	@cp -p $(filter hypervisor/config/%,$(DRIVER_SHARED)) build/driver/$(2)/config/
	@cp -p $(DRIVER_WIRE) build/driver/$(2)/include/jailhouse/
	@$(MAKE) -s -C $(1)/build M=$(CURDIR)/build/driver/$(2) ARCH=$(3) CROSS_COMPILE=$(CROSS_$(3)) \
		DRIVER_VERSION=$(DRIVER_VERSION) modules
	@touch -c $(DRIVER_MODULES_$(3):%=build/driver/$(2)/%.ko)
endef
$(foreach kernel,$(DRIVER_KERNELS),$(eval \
	$(call driver_rule,$(kernel),$(file <$(kernel)/release),$(call driver_arch,$(kernel)))))
