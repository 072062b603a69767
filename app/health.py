"""Whether the store can keep anything, for probes: tried on the disk itself, and never in the way of the commands."""

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from app.faults import cause
from app.store import Store

log = logging.getLogger(__name__)

ANSWER_WITHIN_S = 2.0
"""A database that another program keeps locked holds its asker for longer than a probe waits."""
KNOWN_FOR_S = 1.0
"""That all is well, and no longer. Each trial reaches the disk: anybody may ask, and the commands want it, too."""


class Health:
    """However many ask, the store is tried once at a time, on a thread other than the commands'."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._trial: asyncio.Task[int | None] | None = None
        self._well = True
        self._well_s = float("-inf")
        """When a trial went well last, on the event loop's clock."""

    async def newest_seq(self) -> int | None:
        """What the store held a moment ago; None where it can keep nothing, or does not say in time."""
        now_s = asyncio.get_running_loop().time()
        if self._trial is None or (self._trial.done() and now_s - self._well_s > KNOWN_FOR_S):
            self._trial = asyncio.create_task(self._try())
        try:
            return await asyncio.wait_for(asyncio.shield(self._trial), ANSWER_WITHIN_S)
        except TimeoutError:
            return None

    async def _try(self) -> int | None:
        try:
            await asyncio.to_thread(self._store.check_writable)
            seq = await asyncio.to_thread(self._store.newest_seq)
        except SQLAlchemyError as error:
            if self._well:
                log.error("the store can keep nothing", extra={"cause": str(cause(error))})
            self._well = False
            return None
        if not self._well:
            log.info("the store can be written again")
        self._well, self._well_s = True, asyncio.get_running_loop().time()
        return seq
