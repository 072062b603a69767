"""A session written into a database as a server would have, at literal times, without one."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from app.config import load_settings
from app.entries import Entry
from app.floor.commands import Command, PlanSession
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.rules import decide
from app.floor.state import EMPTY, State
from app.store import Store

Step = tuple[int, Actor, Command]
"""When (UTC epoch milliseconds), who, what."""


def write(config: Path, url: str, steps: Sequence[Step]) -> State:
    """The session of this file, and what happened in it; the state that it leads to."""
    plan = load_settings(config).plan
    state, seq = EMPTY, 0
    with closing(Store(url, plan.id)) as store:
        for number, (at_ms, actor, command) in enumerate([(0, SERVER, PlanSession(plan)), *steps]):
            events = decide(state, command, actor, at_ms)
            state = enact(state, events, actor)
            entries = [Entry(seq + place, actor, f"c{number}", event) for place, event in enumerate(events, start=1)]
            store.append(entries, {})
            seq += len(entries)
    return state
