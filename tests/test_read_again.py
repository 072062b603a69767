"""What is kept is all there is: a session read again from its database is, and can be taken back, as the live one."""

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.entries import Entry, folded
from app.floor.commands import Command, EraseEverybody, EraseParticipant, TakeOutData, Undo
from app.floor.events import Event, ParticipantChanged, ParticipantJoined, SessionPlanned
from app.floor.people import SERVER, Actor, Participant
from app.floor.state import EMPTY, State
from app.floor.views import View
from app.floor.views_chair import chair_view
from app.store import Store
from tests.random_sessions import RandomSession
from tests.scenes import ANA, CHAIR, PLAN, enacted, outcome

Acts = list[tuple[Actor, tuple[Event, ...]]]
ANA_ALM = Participant("ana", "Ana Alm", "Sweden", "government")


ERASURES = TakeOutData | EraseParticipant | EraseEverybody


class NobodyErased(RandomSession):
    """An erasure reaches further into the database than into a state: tests/test_erasure.py has it."""

    def send(self, actor: Actor, command: Command, after_ms: int = 0) -> None:
        if not isinstance(command, ERASURES):
            super().send(actor, command, after_ms)


def seen(state: State) -> View:
    """A note is known as it is now, not as each of its changes made it: nor is it in the list of acts."""
    view = chair_view(state, {})
    for act in (*view["acts"], *view["undone"]):
        if act["do"] == "add_note":
            del act["text"]
    return view


def read_again(log: Acts, folder: Path) -> State:
    """Appended act by act to a database of its own, and folded from there."""
    with closing(Store(f"sqlite:///{folder / 'floor.db'}", "kyoto")) as store:
        seq = 0
        for number, (actor, events) in enumerate(log):
            entries = [Entry(seq + place, actor, f"c{number}", event) for place, event in enumerate(events, start=1)]
            store.append(entries, {})
            seq += len(entries)
        return folded(EMPTY, store.load())


def test_a_name_put_right_and_taken_back_is_the_old_one_after_a_restart_too(tmp_path: Path) -> None:
    log: Acts = [
        *((SERVER, (SessionPlanned(PLAN, 0),)), (ANA, (ParticipantJoined(ANA_ALM, 1_000),))),
        (CHAIR, (ParticipantChanged(replace(ANA_ALM, name="Anna Alm", group="academia"), 2_000),)),
    ]

    read = read_again(log, tmp_path)

    assert (read.participants["ana"].name, read.participants["ana"].group) == ("Anna Alm", "academia")
    assert enacted(read, Undo(), CHAIR, 3_000).participants["ana"] == ANA_ALM


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a shorter session is another one: nothing to shrink
)
@given(seed=st.integers(0, 2**32 - 1))
def test_every_session_read_again_is_as_it_was_and_so_is_all_that_is_then_taken_back(seed: int) -> None:
    session = NobodyErased(begun=True, order="as_requested")
    session.take_steps(Random(seed), 120)
    with tempfile.TemporaryDirectory() as folder:
        live, read = session.state, read_again(session.log, Path(folder))

    taken_back = 0
    while True:
        assert seen(read) == seen(live), f"after {taken_back} acts were taken back"
        if isinstance(outcome(live, Undo(), CHAIR, session.now_ms), str):
            return
        live, read = (enacted(state, Undo(), CHAIR, session.now_ms) for state in (live, read))
        taken_back += 1
