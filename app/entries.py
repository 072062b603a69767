"""The log as entries, one event each, and the state that they lead to. A log that can't be right is `Damaged`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from app.floor.events import Event
from app.floor.fold import enact
from app.floor.people import Actor
from app.floor.state import State
from app.personal import Personal
from app.tables import EventRow
from app.wire import parse_actor, parse_event


class Damaged(Exception):  # noqa: N818 - says how it is
    """What the database holds was never written so. The log is good up to `good_seq`."""

    def __init__(self, detail: str, good_seq: int = 0) -> None:
        super().__init__(detail)
        self.good_seq = good_seq


@dataclass(frozen=True, slots=True)
class Entry:
    """One event of the log and what led to it. Neighbours with the same actor and command id are one act."""

    seq: int
    actor: Actor
    command_id: str
    event: Event


def entries_of(rows: Iterable[EventRow], personal: Personal, after_seq: int = 0) -> Iterator[Entry]:
    """Rows in order, as entries. Raises Damaged at the first that is missing or can't be read."""
    for seq, row in enumerate(rows, start=after_seq + 1):
        if row.seq != seq:
            raise Damaged(f"event {seq} of the log is missing", seq - 1)
        try:
            event = parse_event(row.name, personal.put_back(row.name, row.data, seq))
            yield Entry(seq, parse_actor(row.actor), row.command_id, event)
        except (LookupError, ValueError, TypeError, StopIteration) as error:
            raise Damaged(f"event {seq} of the log can't be read", seq - 1) from error


def acts(entries: Iterable[Entry]) -> Iterator[tuple[Actor, tuple[Event, ...]]]:
    """The events of each command, with who sent it: what `fold.enact` takes."""
    for (actor, _), act in groupby(entries, key=lambda entry: (entry.actor, entry.command_id)):
        yield actor, tuple(entry.event for entry in act)


def folded(state: State, entries: Iterable[Entry], after_seq: int = 0) -> State:
    """The state that a log leads to. Raises Damaged at an act that can't have followed those before it."""
    seq = after_seq
    for actor, events in acts(entries):
        try:
            state = enact(state, events, actor)
        except Exception as error:  # a log that was tampered with can lead anywhere
            raise Damaged(f"event {seq + 1} of the log contradicts those before it ({error!r})", seq) from error
        seq += len(events)
    return state
