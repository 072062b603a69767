"""Consoles whose key was revoked, or renewed under the same name, are closed within a second."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from app.faults import cause
from app.hub import POLICY_VIOLATION
from app.web.context import Context

log = logging.getLogger(__name__)

LOOK_EVERY_S = 0.5


async def watch_keys(floor: Context) -> None:
    """Works until it is cancelled."""
    while True:
        await asyncio.sleep(LOOK_EVERY_S)
        try:
            await asyncio.to_thread(floor.access.refresh)
        except SQLAlchemyError as error:
            log.warning("the keys can't be read", extra={"cause": str(cause(error))})
            continue
        hub = floor.publisher.hub
        revoked = [one for one in hub.sockets("chair") if not floor.access.is_valid(one.key)]
        hub.drop(revoked, POLICY_VIOLATION)
