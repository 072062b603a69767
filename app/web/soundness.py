"""Looks through the database's file now and then, so that damage to it shows before the next start."""

import asyncio
import logging
from pathlib import Path

from app.database import check_sound
from app.faults import FAULTS, in_words, is_damage

log = logging.getLogger(__name__)

LOOK_EVERY_S = 60.0


class Soundness:
    """Whether the file is as it was written, as far as SQLite can tell.

    The session goes on with what is in memory for as long as the database takes what it is told: when to stop for a
    backup is for people to say. They are told by `/healthz` and by the log.
    """

    def __init__(self) -> None:
        self.is_sound = True

    async def watch(self, path: Path) -> None:
        """Works until it is cancelled, or has found damage."""
        while self.is_sound:
            await asyncio.sleep(LOOK_EVERY_S)
            try:
                await asyncio.to_thread(check_sound, path)
            except FAULTS as error:  # what can't be read just now may be read the next time
                if is_damage(error):
                    self.is_sound = False
                    log.error("the database is damaged", extra={"cause": in_words(error)})
