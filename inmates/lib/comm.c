// SPDX-License-Identifier: (GPL-2.0 OR BSD-2-Clause)
/* Messages on the communication page; they are polled, no interrupt announces them. */
#include <inmate.h>

bool comm_shutdown_requested(void)
{
	switch (comm_region->msg_to_cell) {
	case JAILHOUSE_MSG_NONE:
		return false;
	case JAILHOUSE_MSG_SHUTDOWN_REQUEST:
		comm_region->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
		jailhouse_send_reply_from_cell(comm_region, JAILHOUSE_MSG_REQUEST_APPROVED);
		return true;
	case JAILHOUSE_MSG_RECONFIG_COMPLETED:
		jailhouse_send_reply_from_cell(comm_region, JAILHOUSE_MSG_RECEIVED);
		return false;
	}
	jailhouse_send_reply_from_cell(comm_region, JAILHOUSE_MSG_UNKNOWN);
	return false;
}

void comm_finish(void)
{
	comm_region->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	stop();
}
