"""How long personal data is kept, and that it goes by itself when its time is over."""

import asyncio
import logging
from collections.abc import Callable
from uuid import uuid4

from app.answers import Accepted
from app.clock import NowMs
from app.faults import FAULTS, in_words
from app.floor.commands import EraseEverybody
from app.floor.events import EverybodyErased
from app.floor.people import SERVER
from app.floor.rules_erasure import erase_everybody
from app.floor.state import State
from app.room import Room

log = logging.getLogger(__name__)

DAY_MS = 86_400_000
LOOK_EVERY_S = 60.0


def due_ms(state: State, newest_ms: int, keep_days: int) -> int:
    """When everybody's data is to go (UTC epoch milliseconds): so many days after the session's end.

    One that nobody ended was over when the last thing happened in it (`newest_ms`), and not before it was due to be.
    """
    planned_end_ms = state.plan.starts_ms + state.plan.duration_ms
    return (state.ended_ms or max(newest_ms, planned_end_ms)) + keep_days * DAY_MS


async def watch(room: Room, newest_ms: Callable[[], int], keep_days: int, now_ms: NowMs) -> None:
    """Looks at once and then each minute, until it is cancelled. `newest_ms` blocks: it asks the database."""
    while True:
        try:
            await end_if_due(room, await asyncio.to_thread(newest_ms), keep_days, now_ms())
        except FAULTS as error:
            log.warning("whether personal data is due to go can't be told", extra={"cause": in_words(error)})
        await asyncio.sleep(LOOK_EVERY_S)


async def end_if_due(room: Room, newest_ms: int, keep_days: int, now_ms: int) -> None:
    """Nothing happens before the time, or where nothing is left to go."""
    if now_ms < due_ms(room.state, newest_ms, keep_days):
        return
    for event in erase_everybody(room.state, now_ms):
        if isinstance(await room.handle(EraseEverybody(), SERVER, str(uuid4())), Accepted):
            log.info("personal data has gone: its time of keeping is over", extra=told(event))


def told(event: EverybodyErased) -> dict[str, int]:
    """How much it was, for the log."""
    return {"participants": len(event.participants), "words": event.words, "notes": event.notes}
