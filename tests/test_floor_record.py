"""The record: its figures come from the log alone, and add up; what was taken back leaves no trace in it."""

from random import Random
from typing import get_args

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.floor.plan import Order
from app.floor.record import Record
from app.floor.record_making import AS_IGF, record_of
from app.floor.timers import spent_ms
from tests.random_sessions import RandomSession


def adds_up(session: RandomSession, record: Record) -> None:
    state, now_ms = session.state, session.now_ms
    for topic in record.topics:
        timer = state.topics[topic.plan.id].timer
        assert topic.spoken_ms + topic.paused_ms + topic.silent_ms == topic.elapsed_ms
        assert sum(one.spent_ms for one in topic.spoken) == topic.spoken_ms
        assert topic.elapsed_ms - topic.paused_ms == spent_ms(timer, now_ms)
        assert topic.silent_ms >= 0
        counted = [one for one in topic.spoken if one.kind != "point_of_order"]
        assert sum(share.spent_ms for share in topic.shares.values()) == sum(one.spent_ms for one in counted)
        assert sum(share.count for share in topic.shares.values()) == len(counted)
    assert record.elapsed_ms - record.paused_ms == spent_ms(state.timer, now_ms)
    for group, share in record.shares.items():
        assert share.spent_ms == sum(topic.shares[group].spent_ms for topic in record.topics)
        assert share.count == sum(topic.shares[group].count for topic in record.topics)
    if record.began_ms is not None:
        assert record.elapsed_ms == record.as_of_ms - record.began_ms


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(begun=st.integers(0, 7), order=st.sampled_from(get_args(Order)), seed=st.integers(0, 2**32 - 1))
def test_the_figures_of_every_session_add_up(begun: int, order: Order, seed: int) -> None:
    session = RandomSession(begun=begun > 0, order=order)
    chance = Random(seed)
    for _ in range(6):
        session.take_steps(chance, 25)
        adds_up(session, record_of(session.log, session.now_ms))
        adds_up(session, record_of(session.log, session.now_ms, AS_IGF))
