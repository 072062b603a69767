"""What events do to the session as a whole: its plan, its status, its topics and their timers."""

from collections.abc import Mapping
from dataclasses import replace

from app.floor.events import Announced
from app.floor.plan import Plan
from app.floor.state import ListStatus, Notice, SessionStatus, State, Topic
from app.floor.timers import Timer, extended, started, stopped


def planned(state: State, plan: Plan) -> State:
    """The plan read at first, or read again: what was spent and added stays, what the chair has set stays."""
    before = state.plan
    kept = {
        topic.id: replace(state.topics[topic.id], timer=_replanned(state.topics[topic.id].timer, topic.planned_ms))
        for topic in plan.topics
        if topic.id in state.topics
    }
    topics = {
        topic.id: kept.get(topic.id) or Topic(Timer(topic.planned_ms), "open" if topic.kind == "topic" else "closed")
        for topic in plan.topics
    }
    by_chair = state.speaking_time_ms != before.speaking_time_ms
    return replace(
        state,
        plan=plan,
        timer=_replanned(state.timer, plan.duration_ms),
        topics=topics,
        speaking_time_ms=state.speaking_time_ms if by_chair else plan.speaking_time_ms,
        order=state.order if state.order != before.order else plan.order,
    )


def _replanned(timer: Timer, planned_ms: int) -> Timer:
    return replace(timer, planned_ms=planned_ms)


def with_status(state: State, status: SessionStatus) -> State:
    return replace(state, status=status)


def with_all_timers(state: State, at_ms: int) -> State:
    """The session's, the open topic's and the speaker's timer run while the session does, and stand still otherwise.

    An interrupted speaker's timer stands still until they have the floor again.
    """
    turn = started if state.status == "running" else stopped
    topics = state.topics
    if state.topic is not None:
        topic = state.topics[state.topic]
        topics = {**topics, state.topic: replace(topic, timer=turn(topic.timer, at_ms))}
    floor = state.floor and replace(state.floor, timer=turn(state.floor.timer, at_ms))
    return replace(state, timer=turn(state.timer, at_ms), topics=topics, floor=floor)


def adjusted(state: State, by_ms: Mapping[str, int]) -> State:
    """Some topics with more or less time."""
    topics = dict(state.topics)
    for topic, extra_ms in by_ms.items():
        topics[topic] = replace(topics[topic], timer=extended(topics[topic].timer, extra_ms))
    return replace(state, topics=topics)


def opened(state: State, topic: str, at_ms: int) -> State:
    topics = dict(state.topics)
    if state.topic is not None:
        closed = topics[state.topic]
        topics[state.topic] = replace(closed, timer=stopped(closed.timer, at_ms))
    topics[topic] = replace(topics[topic], begun=True)
    return with_all_timers(replace(state, topics=topics, topic=topic, last=None), at_ms)


def with_list(state: State, topic: str, status: ListStatus) -> State:
    return replace(state, topics={**state.topics, topic: replace(state.topics[topic], list=status)})


def announced(state: State, event: Announced) -> State:
    notice = Notice(event.text, event.at_ms, event.notice) if event.text else None
    return replace(state, notice=notice, notice_count=state.notice_count + bool(event.notice))
