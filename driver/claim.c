// SPDX-License-Identifier: GPL-2.0
/* Makes hypervisor_memory ours. */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/mm.h>

#include "claim.h"
#include "cpu_arch.h"
#include "memory.h"
#include "refusal.h"
#include "state.h"

static int claim_check(u64 start, u64 size)
{
	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(size) || !size || start + size < start)
		return refuse(-EINVAL, "hypervisor_memory 0x%llx, size 0x%llx: start and size must be multiples of 4096; mend the system config",
			      start, size);
	return 0;
}

static int claim_request(u64 start, u64 size)
{
	char advice[64];

	if (memory_is_reserved(start, size))
		return 0;
	if (cpu_arch_firmware_has(start, size))
		return refuse(-EBUSY, "hypervisor_memory 0x%llx-0x%llx: firmware has its tables or services there, which Linux goes on using; use other memory in the system config",
			      start, start + size - 1);
	hypervisor.claim.requested = request_mem_region(start, size, "Jailhouse hypervisor");
	if (hypervisor.claim.requested)
		return 0;
	cpu_arch_set_aside(advice, sizeof(advice), start, size);
	return refuse(-EINVAL, "hypervisor_memory 0x%llx-0x%llx: Linux uses it; take it with \"jailhouse memory reserve %lluM@0x%llx\" or boot with %s",
		      start, start + size - 1, size >> 20, start, advice);
}

int claim_take(u64 start, u64 size)
{
	struct claim *claim = &hypervisor.claim;
	int error;

	claim_drop();
	error = claim_check(start, size);
	if (error)
		return error;
	claim->start = start;
	claim->size = size;
	error = claim_request(start, size);
	if (error)
		return error;
	claim->base = memremap(start, size, MEMREMAP_WB);
	if (!claim->base) {
		claim_drop();
		return refuse(-EINVAL, "hypervisor_memory 0x%llx-0x%llx: Linux cannot map it; it must be one stretch of RAM",
			      start, start + size - 1);
	}
	return 0;
}

void claim_drop(void)
{
	struct claim *claim = &hypervisor.claim;

	if (claim->base)
		memunmap(claim->base);
	if (claim->requested)
		release_mem_region(claim->start, claim->size);
	*claim = (struct claim) {};
}
