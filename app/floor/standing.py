"""What stands of a log: its events without the acts that were taken back, told in the plainest way there is."""

from collections.abc import Iterable

from app.floor.events import ActDoneAgain, ActTakenBack, Event, SessionPlanned
from app.floor.fold import is_act
from app.floor.people import Actor
from app.floor.state import MOST_ACTS


def standing(acts: Iterable[tuple[Actor, tuple[Event, ...]]]) -> tuple[Event, ...]:
    """The events of a log's acts (see `entries.acts`) in the order in which they count.

    Folded, they lead to the state that the whole log leads to. An act done again stands at its first time, behind
    what others did meanwhile.
    """
    kept: dict[int, tuple[Event, ...]] = {}
    done: list[int] = []
    undone: list[tuple[Event, ...]] = []
    for place, (actor, events) in enumerate(acts):
        if isinstance(events[0], ActTakenBack):
            if done:
                undone.append(kept.pop(done.pop()))
            continue
        if isinstance(events[0], ActDoneAgain):
            if not undone:
                continue
            kept[place] = undone.pop()
            done = [*done, place][-MOST_ACTS:]
            continue
        kept[place] = events
        if is_act(actor, events):
            done = [*done, place][-MOST_ACTS:]
            undone.clear()
        elif isinstance(events[0], SessionPlanned):
            undone.clear()
    return tuple(event for events in kept.values() for event in events)
