"""What other processes do to the same database shows within a second, without anybody asking.

What they append is taken in and told to the screens; consoles whose key was revoked, or renewed under the same name,
are closed.
"""

import asyncio
import logging

from app.faults import FAULTS, cause
from app.hub import POLICY_VIOLATION
from app.web.context import Context

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5


async def watch(floor: Context) -> None:
    """Works until it is cancelled."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        try:
            await asyncio.to_thread(floor.access.refresh)
            await floor.room.keep_up()
        except FAULTS as error:
            log.warning("what other processes did can't be read", extra={"cause": str(cause(error))})
            continue
        hub = floor.publisher.hub
        revoked = [one for one in hub.sockets("chair") if not floor.access.is_valid(one.key)]
        hub.drop(revoked, POLICY_VIOLATION)
