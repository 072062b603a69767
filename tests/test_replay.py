"""The session again: what the wall showed, from its first view by patches, and who is never named in it."""

import json
from collections.abc import Sequence
from itertools import groupby
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.floor.commands import (
    AddNote,
    Announce,
    Command,
    Conclude,
    GiveFloor,
    HideParticipant,
    Join,
    MergeParticipants,
    OpenTopic,
    PlanSession,
    RequestFloor,
    StartSession,
    TakeOutData,
    Undo,
)
from app.floor.events import Event
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.plan import Order
from app.floor.replay import MOST_LISTED, Replay, replay_of
from app.floor.rules import decide
from app.floor.state import EMPTY, State
from app.floor.views import View, audience_view
from tests.random_sessions import RandomSession
from tests.scenes import ANA, BO, CHAIR, PEOPLE, PLAN, apply_merge_patch
from tests.serving import REPOSITORY

Steps = Sequence[tuple[int, Actor, Command]]
Log = list[tuple[Actor, tuple[Event, ...]]]
BEFORE: Steps = ((0, SERVER, PlanSession(PLAN)), *((0, Actor("attendee"), join) for join in PEOPLE))
BEGUN: Steps = ((1_000, CHAIR, StartSession()), (1_000, CHAIR, OpenTopic("vision")))


def logged(*steps: tuple[int, Actor, Command]) -> tuple[Log, State]:
    """The log of these commands, after those that everything begins with."""
    state, log = EMPTY, []
    for now_ms, actor, command in (*BEFORE, *steps):
        events = decide(state, command, actor, now_ms)
        state = enact(state, events, actor)
        log.append((actor, events))
    return log, state


def replayed(*steps: tuple[int, Actor, Command]) -> Replay:
    return replay_of(*logged(*steps))


def views(replay: Replay) -> list[tuple[int, View]]:
    """Each view that the wall showed after the first, and since when."""
    view, shown = replay.first, []
    for change in replay.changes:
        view = apply_merge_patch(view, change.patch)
        shown.append((change.at_ms, view))
    return shown


def test_it_begins_with_the_wall_as_it_was_when_the_session_was_started() -> None:
    replay = replayed((500, CHAIR, Announce("Please be seated.")), *BEGUN)

    assert replay.first["session"]["status"] == "waiting"
    assert replay.first["notice"]["text"] == "Please be seated."
    assert [(at, view["topic"]) for at, view in views(replay)] == [(1_000, "opening"), (1_000, "vision")]


def test_of_a_session_that_was_not_started_there_is_the_wall_as_it_stands() -> None:
    log, state = logged((500, CHAIR, Announce("Please be seated.")))

    assert replay_of(log, state) == Replay(audience_view(state), ())
    assert replay_of([], EMPTY) == Replay(audience_view(EMPTY), ())


def test_each_act_that_changed_the_wall_is_there_at_its_time_and_no_other() -> None:
    replay = replayed(
        *BEGUN,
        (2_000, ANA, RequestFloor()),
        (3_000, CHAIR, GiveFloor("r1")),
        (4_000, CHAIR, AddNote(request="r1", text="Key point")),
        (5_000, ANA, Conclude()),
    )

    assert [change.at_ms for change in replay.changes] == [1_000, 1_000, 2_000, 3_000, 5_000]
    assert replay.changes[3].patch["floor"]["timer"] == {"allotted_ms": 120_000, "spent_ms": 0, "since": 3_000}
    assert "Key point" not in json.dumps([change.patch for change in replay.changes])


def test_what_was_taken_back_later_was_on_the_wall_until_then() -> None:
    replay = replayed(
        *BEGUN,
        (2_000, ANA, RequestFloor()),
        (2_500, BO, RequestFloor()),
        (3_000, CHAIR, GiveFloor("r2")),
        (9_000, CHAIR, Undo()),
    )

    *_, (given_at, mistaken), (back_at, put_right) = views(replay)
    assert (given_at, mistaken["floor"]["request"], mistaken["list"]) == (3_000, "r2", ["r1"])
    assert (back_at, "floor" in put_right, put_right["list"]) == (9_000, False, ["r1", "r2"])


EVE = Join("eve", "An abusive name", "An abusive organisation", "academia")
EVE_SPOKE: Steps = (
    *BEGUN,
    (1_500, Actor("attendee"), EVE),
    (2_000, Actor("attendee", "eve"), RequestFloor()),
    (3_000, CHAIR, GiveFloor("r1")),
    (4_000, Actor("attendee", "eve"), Conclude()),
)


@pytest.mark.parametrize(
    "gone",
    [
        ((5_000, CHAIR, HideParticipant("eve")),),
        ((5_000, Actor("attendee", "eve"), TakeOutData()),),
        ((5_000, CHAIR, MergeParticipants("eve", "ana")), (6_000, CHAIR, HideParticipant("ana"))),
        ((5_000, CHAIR, HideParticipant("eve")), (6_000, CHAIR, MergeParticipants("eve", "ana"))),
        ((5_000, CHAIR, MergeParticipants("eve", "ana")), (6_000, ANA, TakeOutData())),
    ],
    ids=["hidden", "erased", "merged and hidden", "hidden and merged", "merged and erased"],
)
def test_somebody_hidden_or_erased_in_the_end_is_never_named(gone: Steps) -> None:
    assert "abusive" in json.dumps(views(replayed(*EVE_SPOKE))), "or this would prove nothing"

    replay = replayed(*EVE_SPOKE, *gone)

    assert "abusive" not in json.dumps([replay.first, views(replay)])
    told = [view["requests"]["r1"] for _, view in views(replay) if "r1" in view["requests"]]
    assert [(one["hidden"], one["group"]) for one in told] == [(True, "academia")] * 2


def test_whose_hiding_was_taken_back_is_named() -> None:
    replay = replayed(*EVE_SPOKE, (5_000, CHAIR, HideParticipant("eve")), (6_000, CHAIR, Undo()))

    assert "abusive" in json.dumps(views(replay))


def test_it_holds_as_many_of_the_waiting_as_a_display_shows_and_says_how_many_there_were() -> None:
    crowd = [(1_500, Actor("attendee"), Join(f"x{n}", f"Person {n}", "", "academia")) for n in range(20)]
    asks = [(2_000 + n, Actor("attendee", f"x{n}"), RequestFloor()) for n in range(20)]

    *_, (_, view) = views(replayed(*BEGUN, *crowd, *asks))

    assert view["list"] == [f"r{n}" for n in range(1, MOST_LISTED + 1)]
    assert view["topics"]["vision"]["waiting"] == 20
    assert list(view["requests"]) == view["list"]
    display = (REPOSITORY / "app" / "static" / "room" / "options.js").read_text("utf-8")
    assert f"most: {MOST_LISTED} }}" in display, "no address asks a display for more"


class FollowedSession(RandomSession):
    """A random session, and what its wall showed after each command once it had begun."""

    def __init__(self, *, begun: bool, order: Order) -> None:
        self.shown: list[tuple[int, View]] = []
        super().__init__(begun=begun, order=order)

    def check(self, before: State, actor: Actor, events: tuple[Event, ...]) -> None:
        if events and (self.state.has_begun or self.shown):
            self.shown.append((self.now_ms, audience_view(self.state, most_listed=MOST_LISTED)))


def nameless(view: View) -> View:
    """Without who is whom: hiding somebody changes what was shown of them before."""
    told = json.loads(json.dumps(view))
    for person in (*told["requests"].values(), told.get("last", {})):
        for key in ("name", "organisation", "hidden"):
            person.pop(key, None)
    return dict(told)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    seed=st.integers(0, 2**32), begun=st.booleans(), order=st.sampled_from(["as_requested", "new_voices", "balanced"])
)
def test_the_replay_of_any_session_is_what_its_wall_showed(seed: int, begun: bool, order: Order) -> None:
    session = FollowedSession(begun=begun, order=order)
    session.take_steps(Random(seed), 60)

    replay = replay_of(session.log, session.state)

    replayed_views = views(replay)
    last = replayed_views[-1][1] if replayed_views else replay.first
    assert last == audience_view(session.state, most_listed=MOST_LISTED), "and nobody is named in it who is hidden now"
    assert None not in last.values()
    # Acts that changed nothing on the wall have no patch: what was shown from one instant to the next is the same.
    by_instant = {at: list(group)[-1][1] for at, group in groupby(session.shown, key=lambda one: one[0])}
    again = {at: list(group)[-1][1] for at, group in groupby(replayed_views, key=lambda one: one[0])}
    view = replay.first
    for at, shown in by_instant.items():
        view = again.get(at, view)
        assert nameless(view) == nameless(shown)
    assert set(again) <= set(by_instant)
    hidden = [one for one in session.state.participants.values() if not one.is_named]
    for _, each in replayed_views:
        for request in each["requests"].values():
            assert request["participant"] not in {one.id for one in hidden} or request["name"] == ""
