"""What everybody may know of the state, as plain JSON values. Nothing is ever null: what is not there is absent.

`views_chair.py` adds what is for the consoles alone, `views_own.py` what is for one participant alone.
"""

from collections import Counter
from typing import Any

from app.floor.plan import PlannedTopic
from app.floor.request import Intervention, Request
from app.floor.state import (
    Floor,
    State,
    Topic,
    heard,
    planned_topic,
    speakers,
    speaking_order,
)
from app.floor.timers import Timer, allotted_ms

View = dict[str, Any]
Seen = tuple[State, View]
"""An earlier state and the view that was made of it."""


def audience_view(state: State, seen: Seen | None = None, *, most_listed: int | None = None) -> View:
    """What everybody may know: the same for every phone and for the room display.

    Thousands may wait: what was `seen` of a request that is still the same is taken over, the very same object.
    `most_listed`: with no more than so many of those who wait.
    """
    listed = _listed(state)[:most_listed]
    view: View = {
        "session": {
            "id": state.plan.id,
            "title": dict(state.plan.title),
            "status": state.status,
            "timer": timer_view(state.timer),
            "speaking_time_ms": state.speaking_time_ms,
            "order": state.order,
        },
        "topics": {topic: _topic(state, topic, stands) for topic, stands in state.topics.items()},
        "list": list(listed),
        "requests": {
            request: seen_before(state, request, seen) or request_view(state, state.requests[request])
            for request in (*listed, *_on_floor(state))
        },
    }
    if state.topic is not None:
        view["topic"] = state.topic
    if state.floor is not None:
        view["floor"] = _floor(state.floor)
        if state.interrupted is not None:
            view["floor"]["interrupted"] = _floor(state.interrupted)
    if state.last is not None:
        view["last"] = _last(state, state.last)
    if state.status == "ended":
        view["heard"] = _heard(state)
    if state.published_ms:
        view["record"] = {"published": state.published_ms}
    if state.notice is not None:
        view["notice"] = {"text": state.notice.text, "at": state.notice.at_ms}
    return view


def _heard(state: State) -> dict[str, int]:
    """How many people of each group were heard: told to all once the session is over."""
    groups = Counter(state.participants[id_].group for id_ in heard(state))
    return {group: groups[group] for group in state.plan.groups}


def _listed(state: State) -> tuple[str, ...]:
    return () if state.topic is None else speaking_order(state, state.topic)


def _on_floor(state: State) -> tuple[str, ...]:
    return tuple(floor.request for floor in speakers(state))


def _topic(state: State, topic: str, stands: Topic) -> View:
    planned = planned_topic(state, topic)
    return {
        "place": _place(state, planned),
        "kind": planned.kind,
        "planned_ms": planned.planned_ms,
        "title": dict(planned.title),
        "question": dict(planned.question),
        "list": stands.list,
        "waiting": len(stands.waiting),
        "begun": stands.begun,
        "timer": timer_view(stands.timer),
    }


def _place(state: State, planned: PlannedTopic) -> int:
    """The questions count from 1, as people speak of them; an opening before them stands at 0."""
    topics = state.plan.topics
    openings = sum(topic.kind == "opening" for topic in topics)
    return topics.index(planned) + 1 - openings


def timer_view(timer: Timer) -> View:
    running = {} if timer.since_ms is None else {"since": timer.since_ms}
    return {"allotted_ms": allotted_ms(timer), "spent_ms": timer.spent_ms, **running}


def _floor(floor: Floor) -> View:
    return {"request": floor.request, "timer": timer_view(floor.timer)}


def person_view(state: State, participant: str) -> View:
    """Who somebody is, for all to see; of one who was hidden or erased no more than the group."""
    known = state.participants[participant]
    if not known.is_named:
        return {"name": "", "organisation": "", "group": known.group, "hidden": True}
    return {"name": known.name, "organisation": known.organisation, "group": known.group}


def request_view(state: State, request: Request) -> View:
    return {
        "participant": request.participant,
        **person_view(state, request.participant),
        "kind": request.kind,
        "topic": request.topic,
        "where": state.participants[request.participant].where,
    }


def seen_before(state: State, request: str, seen: Seen | None) -> View | None:
    """What an earlier view had of a request, unless it or its participant has changed since."""
    if seen is None:
        return None
    before, view = seen
    one = state.requests[request]
    is_same = before.requests.get(request) is one and (
        before.participants.get(one.participant) is state.participants[one.participant]
    )
    return view["requests"].get(request) if is_same else None


def _last(state: State, last: Intervention) -> View:
    return {
        "request": last.request,
        "participant": last.participant,
        **person_view(state, last.participant),
        "kind": last.kind,
        "timer": {"allotted_ms": last.allotted_ms, "spent_ms": last.spent_ms},
    }
