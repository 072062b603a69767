"""Random sessions against what must hold in all of them, after each command and when the log is read again."""

from dataclasses import replace
from random import Random
from typing import get_args

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.floor.events import ActDoneAgain, ActTakenBack, Event, FloorRequested, ParticipantErased, ParticipantJoined
from app.floor.fold import NO_ACT, enact, replay
from app.floor.fold_erasure import Erased, of_one
from app.floor.merge_patch import merge_patch
from app.floor.names import LEAST_TAKEN_OUT
from app.floor.people import Actor
from app.floor.plan import Order
from app.floor.state import EMPTY, MOST_ACTS, State, arranged, speakers, speaking_order
from app.floor.timers import spent_ms
from app.floor.views import View, audience_view
from app.floor.views_chair import chair_view
from app.floor.views_own import own_view, own_views_changed
from tests.random_sessions import RandomSession
from tests.scenes import apply_merge_patch
from tests.test_views import AUDIENCE, CHAIR_ALONE, OWN, keys_of, leaves


class CheckedSession(RandomSession):
    """A random session with the screens that follow it by patches, and the log that is kept of it."""

    def __init__(self, *, begun: bool, order: Order) -> None:
        self.audience: View = audience_view(EMPTY)
        self.chair: View = chair_view(EMPTY, {})
        self.own: dict[str, View] = {}
        self.kept: list[tuple[Actor, tuple[Event, ...]]] = []
        """The log as a store has it now: what was erased since is gone from it."""
        super().__init__(begun=begun, order=order)

    def check(self, before: State, actor: Actor, events: tuple[Event, ...]) -> None:
        assert chair_view(before, {}) == self.chair, "a state that was published has changed"
        if not events:
            assert self.state is before, "nothing happened, and yet something changed"
            return
        self.keep(before, actor, events)
        if actor.role == "attendee":
            self.attendees_act_on_their_own_requests_and_ask_on_open_lists(before, actor, events)
        self.publish(before)
        self.every_participants_own_screens_know_their_own_view()
        self.no_view_holds_a_key_outside_its_allow_list_or_a_null()
        self.every_waiting_request_stands_in_exactly_one_list()
        self.the_list_kept_as_requested_is_the_one_the_rule_makes()
        self.who_has_the_floor_is_speaking_and_nobody_else_is()
        self.nobody_waits_twice_or_waits_to_say_again_what_they_are_saying()
        self.timers_run_only_while_the_session_does_and_only_where_something_is_open()
        self.the_sessions_time_is_the_sum_of_its_topics()
        self.nobody_speaks_longer_on_a_topic_than_it_was_open()
        self.so_many_acts_can_be_taken_back_and_no_more()

    def keep(self, before: State, actor: Actor, events: tuple[Event, ...]) -> None:
        self.kept.append((actor, events))
        for place, event in enumerate(events):
            if isinstance(event, ParticipantErased):
                gone = of_one(replay(before, events[:place]), event)
                self.no_screen_names_whoever_has_gone(gone)
                self.kept = [(by, tuple(map(gone.taken_out, act))) for by, act in self.kept]

    def no_screen_names_whoever_has_gone(self, gone: Erased) -> None:
        here = {one.name for one in self.state.participants.values()}
        shown = str(chair_view(self.state, {}))
        assert not [name for name in gone.names if name not in here and len(name) >= LEAST_TAKEN_OUT and name in shown]

    def publish(self, before: State) -> None:
        audience, chair = audience_view(self.state), chair_view(self.state, {})
        assert audience_view(self.state, (before, self.audience)) == audience, "what was taken over has changed"
        assert chair_view(self.state, {}, seen=(before, self.chair)) == chair, "what was taken over has changed"
        self.audience = apply_merge_patch(self.audience, merge_patch(self.audience, audience))
        self.chair = apply_merge_patch(self.chair, merge_patch(self.chair, chair))
        assert (self.audience, self.chair) == (audience, chair), "the merged patches are not the view"
        self.own |= own_views_changed(before, self.state)

    def attendees_act_on_their_own_requests_and_ask_on_open_lists(
        self, before: State, actor: Actor, events: tuple[Event, ...]
    ) -> None:
        for event in events:
            if request := getattr(event, "request", None):
                own = self.state.merged.get(actor.id, actor.id)
                assert self.state.requests[request].participant == own
            if isinstance(event, FloorRequested) and event.kind == "intervention":
                assert before.topics[event.topic].list == "open"

    def every_participants_own_screens_know_their_own_view(self) -> None:
        here = {id_ for id_, one in self.state.participants.items() if not one.erased}
        assert {id_: own for id_, own in self.own.items() if id_ in here} == {
            id_: own_view(self.state, id_) for id_ in here
        }

    def no_view_holds_a_key_outside_its_allow_list_or_a_null(self) -> None:
        if len(self.log) % 10:  # the slowest of these checks
            return
        assert set(keys_of(self.audience)) <= AUDIENCE
        assert set(keys_of(self.chair)) <= AUDIENCE | CHAIR_ALONE
        assert apply_merge_patch(self.chair, self.audience) == self.chair
        for own in self.own.values():
            assert set(keys_of(own)) <= OWN
        assert None not in list(leaves([self.audience, self.chair, self.own]))

    def every_waiting_request_stands_in_exactly_one_list(self) -> None:
        listed = [request for topic in self.state.topics.values() for request in topic.waiting]
        assert sorted(listed) == sorted(one.id for one in self.state.requests.values() if one.status == "waiting")
        for topic in self.state.topics:
            order = speaking_order(self.state, topic)
            assert sorted(order) == sorted(self.state.topics[topic].waiting)
            assert all(self.state.requests[request].topic == topic for request in order)

    def the_list_kept_as_requested_is_the_one_the_rule_makes(self) -> None:
        if self.state.order == "as_requested":
            for topic in self.state.topics.values():
                assert arranged(self.state, topic.waiting) == topic.waiting

    def who_has_the_floor_is_speaking_and_nobody_else_is(self) -> None:
        speaking = {one.id for one in self.state.requests.values() if one.status == "speaking"}
        assert {floor.request for floor in speakers(self.state)} == speaking
        assert all(self.state.requests[request].topic == self.state.topic for request in speaking)
        if self.state.interrupted is not None:
            assert self.state.floor is not None
            assert self.state.requests[self.state.floor.request].is_point_of_order
            assert not self.state.requests[self.state.interrupted.request].is_point_of_order
            assert self.state.interrupted.timer.since_ms is None

    def nobody_waits_twice_or_waits_to_say_again_what_they_are_saying(self) -> None:
        live = [
            (one.participant, one.topic, one.kind)
            for one in self.state.requests.values()
            if one.status in {"waiting", "speaking"}
        ]
        assert len(live) == len(set(live))

    def timers_run_only_while_the_session_does_and_only_where_something_is_open(self) -> None:
        runs = self.state.status == "running"
        assert (self.state.timer.since_ms is not None) == runs
        for topic, stands in self.state.topics.items():
            assert (stands.timer.since_ms is not None) == (runs and topic == self.state.topic)
        if self.state.floor is not None:
            assert self.state.status in {"running", "paused"}
            assert (self.state.floor.timer.since_ms is not None) == runs

    def the_sessions_time_is_the_sum_of_its_topics(self) -> None:
        by_topic = sum(spent_ms(topic.timer, self.now_ms) for topic in self.state.topics.values())
        assert spent_ms(self.state.timer, self.now_ms) == by_topic

    def nobody_speaks_longer_on_a_topic_than_it_was_open(self) -> None:
        spoken = dict.fromkeys(self.state.topics, 0)
        for one in self.state.interventions:
            spoken[one.topic] += one.spent_ms
        for floor in speakers(self.state):
            spoken[self.state.requests[floor.request].topic] += spent_ms(floor.timer, self.now_ms)
        for topic, stands in self.state.topics.items():
            assert spoken[topic] <= spent_ms(stands.timer, self.now_ms)

    def so_many_acts_can_be_taken_back_and_no_more(self) -> None:
        assert len(self.state.acts) <= MOST_ACTS

    def read_the_log_again(self) -> None:
        state = EMPTY
        for actor, events in self.log:
            state = enact(state, events, actor)
        assert state == self.state, "the log, read again, leads elsewhere"
        assert _plain(replay(EMPTY, _not_taken_back(self.kept))) == _plain(self.state), "taken back is not as if never"
        all_events = [event for _, events in self.log for event in events]
        for ids in (
            [event.request for event in all_events if isinstance(event, FloorRequested)],
            [event.participant.id for event in all_events if isinstance(event, ParticipantJoined)],
        ):
            assert len(ids) == len(set(ids)), "an id was used twice"


def _not_taken_back(log: list[tuple[Actor, tuple[Event, ...]]]) -> list[Event]:
    """The log without the acts taken back: undo told in the plainest way there is."""
    kept: list[tuple[Actor, tuple[Event, ...]]] = []
    undone: list[tuple[Actor, tuple[Event, ...]]] = []
    for actor, events in log:
        if isinstance(events[0], ActTakenBack):
            newest = max(place for place, (other, act) in enumerate(kept) if _is_act(other, act))
            undone.append(kept.pop(newest))
        elif isinstance(events[0], ActDoneAgain):
            kept.append(undone.pop())
        else:
            kept.append((actor, events))
    return [event for _, events in kept for event in events]


def _is_act(actor: Actor, events: tuple[Event, ...]) -> bool:
    return actor.role == "chair" and not isinstance(events[0], NO_ACT)


def _plain(state: State) -> State:
    """Without what is for taking back, and with turns as ranks: numbers used by what was taken back leave gaps."""
    turns = sorted(one.turn for one in state.requests.values())
    requests = {id_: replace(one, turn=turns.index(one.turn)) for id_, one in state.requests.items()}
    return replace(
        state,
        acts=(),
        undone=(),
        requests=requests,
        request_count=0,
        participant_count=0,
        turn_count=0,
        note_count=0,
        notice_count=0,
        taken_back=(),
        act_count=0,
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a shorter session is another one: nothing to shrink
)
@given(
    begun=st.integers(0, 7),
    order=st.sampled_from(get_args(Order)),
    seed=st.integers(0, 2**32 - 1),
)
def test_what_must_hold_in_every_session_holds(begun: int, order: Order, seed: int) -> None:
    """Hypothesis tries ever new sessions and keeps those that failed; the seed lays out each, long and varied."""
    session = CheckedSession(begun=begun > 0, order=order)
    session.take_steps(Random(seed), 80)
    session.read_the_log_again()
