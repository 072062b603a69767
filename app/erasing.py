"""Erasing as another process, while a server may be serving the same database: the log's own lock keeps them apart."""

from collections.abc import Sequence
from uuid import uuid4

from app.clock import NowMs
from app.entries import Entry, folded
from app.floor.commands import EraseEverybody, EraseParticipant
from app.floor.people import SERVER
from app.floor.rules import decide
from app.floor.state import EMPTY
from app.store import Conflict, Store

MOST_RACES = 50
"""So often may the server append first before something else must be wrong."""


class Eraser:
    """The session as it stands in the database, and what can be taken out of it."""

    def __init__(self, store: Store, now_ms: NowMs) -> None:
        """Folds the log. Raises one of `faults.FAULTS` where that can't be done."""
        self.state = EMPTY
        self.log: list[Entry] = []
        self._store = store
        self.now_ms = now_ms
        self._take_in(store.load())

    def erase(self, command: EraseParticipant | EraseEverybody) -> None:
        """Returns once it is gone. Raises Refused where there is nobody of that id any more."""
        for _ in range(MOST_RACES):
            events = decide(self.state, command, SERVER, self.now_ms())
            command_id, seq = str(uuid4()), len(self.log)
            entries = [Entry(seq + place, SERVER, command_id, event) for place, event in enumerate(events, start=1)]
            try:
                self._store.append(entries, {})
            except Conflict:
                self._take_in(self._store.load(seq))
                continue
            self._take_in(entries)
            return
        raise RuntimeError(f"lost the race for the log {MOST_RACES} times")

    def _take_in(self, entries: Sequence[Entry]) -> None:
        self.state = folded(self.state, entries, len(self.log))
        self.log += entries
