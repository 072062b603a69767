"""Rules of the session as a whole: its course, its topics, their lists, and what the chair sets for all."""

from collections.abc import Mapping

from app.floor import errors
from app.floor.events import (
    Announced,
    Event,
    InterventionEnded,
    ListClosed,
    ListOpened,
    OrderSet,
    SessionEnded,
    SessionPaused,
    SessionPlanned,
    SessionResumed,
    SessionStarted,
    SpeakingTimeSet,
    TimeTaken,
    TopicAdjusted,
    TopicOpened,
)
from app.floor.plan import Order, Plan
from app.floor.state import ListStatus, State, speakers
from app.floor.text import checked
from app.floor.timers import allotted_ms, spent_ms

MOST_ANNOUNCED = 280
SPEAKING_TIME_MS = (10_000, 3_600_000)
MOST_ADJUSTED_MS = 24 * 3_600_000


def start_session(state: State, now_ms: int) -> tuple[Event, ...]:
    if state.has_begun:
        return ()
    if not state.plan.topics:
        raise errors.NoTopic
    return (SessionStarted(now_ms), TopicOpened(state.plan.topics[0].id, now_ms))


def pause_session(state: State, now_ms: int) -> tuple[Event, ...]:
    _begun(state)
    return () if state.status == "paused" else (SessionPaused(now_ms),)


def resume_session(state: State, now_ms: int) -> tuple[Event, ...]:
    _begun(state)
    return () if state.status == "running" else (SessionResumed(now_ms),)


def end_session(state: State, now_ms: int) -> tuple[Event, ...]:
    _begun(state)
    return (*interventions_ended(state, now_ms), SessionEnded(now_ms))


def open_topic(state: State, topic: str, now_ms: int) -> tuple[Event, ...]:
    _begun(state)
    _known(state, topic)
    if state.topic == topic:
        return ()
    return (*interventions_ended(state, now_ms), TopicOpened(topic, now_ms))


def interventions_ended(state: State, now_ms: int) -> tuple[Event, ...]:
    """Whoever has the floor has finished; an interrupted speaker first, so that they do not speak on for an instant."""
    return tuple(
        InterventionEnded(floor.request, spent_ms(floor.timer, now_ms), now_ms) for floor in reversed(speakers(state))
    )


def adjust_topic(state: State, by_ms: int, now_ms: int) -> tuple[Event, ...]:
    topic = _current(state)
    check_adjustment(allotted_ms(state.topics[topic].timer), by_ms)
    return (TopicAdjusted(topic, by_ms, now_ms),) if by_ms else ()


def take_time(state: State, parts: Mapping[str, int], now_ms: int) -> tuple[Event, ...]:
    """For the open topic, from topics that have not begun: no more of each than it has."""
    topic = _current(state)
    for other, part_ms in parts.items():
        stands = state.topics[_known(state, other)]
        if stands.begun:
            raise errors.Stale
        if not 0 < part_ms <= allotted_ms(stands.timer):
            raise errors.Malformed(detail=f"parts.{other}: expected 1 to {allotted_ms(stands.timer)}, got {part_ms}")
    return (TimeTaken(topic, dict(parts), now_ms),) if parts else ()


def check_adjustment(allotted: int, by_ms: int) -> None:
    """No more can be taken than was allotted, and nobody adds more than a day."""
    if not -allotted <= by_ms <= MOST_ADJUSTED_MS:
        raise errors.Malformed(detail=f"by_ms: expected {-allotted} to {MOST_ADJUSTED_MS}, got {by_ms}")


def set_list(state: State, topic: str | None, status: ListStatus, now_ms: int) -> tuple[Event, ...]:
    meant = _current(state) if topic is None else _known(state, topic)
    if state.topics[meant].list == status:
        return ()
    return (ListOpened(meant, now_ms),) if status == "open" else (ListClosed(meant, now_ms),)


def set_speaking_time(state: State, limit_ms: int, now_ms: int) -> tuple[Event, ...]:
    least, most = SPEAKING_TIME_MS
    if not least <= limit_ms <= most:
        raise errors.Malformed(detail=f"limit_ms: expected {least} to {most}, got {limit_ms}")
    return () if limit_ms == state.speaking_time_ms else (SpeakingTimeSet(limit_ms, now_ms),)


def set_order(state: State, order: Order, now_ms: int) -> tuple[Event, ...]:
    return () if order == state.order else (OrderSet(order, now_ms),)


def announce(state: State, text: str, now_ms: int) -> tuple[Event, ...]:
    shown = checked(text, "text", MOST_ANNOUNCED)
    standing = state.notice.text if state.notice else ""
    if shown == standing:
        return ()
    return (Announced(shown, now_ms, f"a{state.notice_count + 1}" if shown else ""),)


def plan_session(state: State, plan: Plan, now_ms: int) -> tuple[Event, ...]:
    """The session file read, at first or again. What has happened already is never planned away."""
    if plan == state.plan:
        return ()
    conflicts = [] if state.plan.id == "" else _conflicts(state, plan, now_ms)
    if conflicts:
        raise errors.PlanConflict(detail="\n".join(conflicts))
    return (SessionPlanned(plan, now_ms),)


def _conflicts(state: State, plan: Plan, now_ms: int) -> list[str]:
    planned = {topic.id: topic for topic in plan.topics}
    used = {request.topic for request in state.requests.values()}
    found = []
    for topic, stands in state.topics.items():
        if topic not in planned:
            if stands.begun or topic in used:
                found.append(f"topic '{topic}' has begun or has requests: it must stay in the session file")
        elif stands.begun and planned[topic].planned_ms < (spent := spent_ms(stands.timer, now_ms)):
            found.append(
                f"topic '{topic}' has used {spent // 60_000} min already: its minutes can't be fewer "
                f"({planned[topic].planned_ms // 60_000} found)"
            )
    groups = {participant.group for participant in state.participants.values()}
    found += [
        f"group '{group}' has participants: it must stay in the session file"
        for group in sorted(groups - set(plan.groups))
    ]
    return found


def _begun(state: State) -> None:
    if not state.has_begun:
        raise errors.NotRunning


def _current(state: State) -> str:
    if state.topic is None:
        raise errors.NoTopic
    return state.topic


def _known(state: State, topic: str) -> str:
    if topic not in state.topics:
        raise errors.NoTopic
    return topic
