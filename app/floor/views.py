"""What a screen may know of the state, as plain JSON values, and what changed between two such views.

Nothing is ever null: what is not there is absent (RFC 7396 keeps null for "remove").
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.floor.forecast import needed_ms
from app.floor.plan import PlannedTopic
from app.floor.request import Intervention, Request
from app.floor.state import (
    Floor,
    Share,
    State,
    Topic,
    planned_topic,
    requests_of,
    shares,
    speakers,
    speaking_order,
)
from app.floor.suggestion import suggest
from app.floor.timers import Timer, allotted_ms
from app.floor.views_acts import act_view

View = dict[str, Any]


def audience_view(state: State) -> View:
    """What everybody may know: the same for every phone and for the room display."""
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
        "list": list(_listed(state)),
        "requests": {request: _request(state, state.requests[request]) for request in _shown(state)},
    }
    if state.topic is not None:
        view["topic"] = state.topic
    if state.floor is not None:
        view["floor"] = _floor(state.floor)
        if state.interrupted is not None:
            view["floor"]["interrupted"] = _floor(state.interrupted)
    if state.last is not None:
        view["last"] = _last(state, state.last)
    if state.notice is not None:
        view["notice"] = {"text": state.notice.text, "at": state.notice.at_ms}
    return view


def chair_view(state: State, present: Mapping[str, int]) -> View:
    """The audience's view with what is the chair's alone.

    `present`: how many screens each participant has open now.
    """
    view = audience_view(state)
    waiting = [one for stands in state.topics.values() for one in stands.waiting]
    for request in {*view["requests"], *waiting}:
        one = state.requests[request]
        view["requests"][request] = _request(state, one) | _for_chair(one) | _presence(state, one, present)
    view["shares"] = {
        "session": _shares(shares(state)),
        "topics": {topic: _shares(shares(state, topic)) for topic in state.topics},
    }
    joined = Counter(one.group for one in state.participants.values())
    view["joined"] = {group: joined[group] for group in state.plan.groups}
    view["online"] = len(present)
    view["acts"] = [act_view(state, act) for act in state.acts]
    view["forecast"] = {"waiting": len(view["list"]), "needed_ms": needed_ms(state)}
    suggestion = suggest(state)
    if suggestion is not None:
        view["suggestion"] = {"request": suggestion.request, "reason": suggestion.reason}
        if suggestion.group:
            view["suggestion"]["group"] = suggestion.group
    return view


def own_view(state: State, participant: str) -> View:
    """What a participant's own screens know besides: their details, and what became of what they asked for."""
    known = state.participants[participant]
    own = list(requests_of(state, participant))
    view: View = {
        "name": known.name,
        "organisation": known.organisation,
        "group": known.group,
        "where": known.where,
        "requests": {one.id: _own_request(state, one) for one in own if one.status in {"waiting", "speaking"}},
    }
    ended = [one for one in own if one.status not in {"waiting", "speaking"}]
    if ended:
        view["ended"] = _ended(state, ended)
    return view


def _listed(state: State) -> tuple[str, ...]:
    return () if state.topic is None else speaking_order(state, state.topic)


def _shown(state: State) -> tuple[str, ...]:
    return (*_listed(state), *(floor.request for floor in speakers(state)))


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


def _person(state: State, participant: str) -> View:
    known = state.participants[participant]
    return {"name": known.name, "organisation": known.organisation, "group": known.group}


def _request(state: State, request: Request) -> View:
    return {
        "participant": request.participant,
        **_person(state, request.participant),
        "kind": request.kind,
        "topic": request.topic,
        "where": state.participants[request.participant].where,
    }


def _for_chair(request: Request) -> View:
    told: View = {
        "summary": request.summary,
        "passed_over": request.passed_over,
        "overtaken": request.overtaken,
        "moved": request.moved,
    }
    return {"at": request.at_ms} | {key: value for key, value in told.items() if value}


def _presence(state: State, request: Request, present: Mapping[str, int]) -> View:
    """A phone that has gone leaves its owner's place in the list as it is."""
    away = state.participants[request.participant].has_phone and request.participant not in present
    return {"away": True} if away else {}


def _last(state: State, last: Intervention) -> View:
    return {
        "request": last.request,
        **_person(state, last.participant),
        "kind": last.kind,
        "timer": {"allotted_ms": last.allotted_ms, "spent_ms": last.spent_ms},
    }


def _shares(shares_by_group: dict[str, Share]) -> View:
    return {group: {"count": share.count, "spent_ms": share.spent_ms} for group, share in shares_by_group.items()}


def _own_request(state: State, request: Request) -> View:
    interrupted = state.interrupted is not None and state.interrupted.request == request.id
    told = {"summary": request.summary, "passed_over": request.passed_over}
    return {
        "topic": request.topic,
        "kind": request.kind,
        "status": "interrupted" if interrupted else request.status,
    } | {key: value for key, value in told.items() if value}


def _ended(state: State, ended: list[Request]) -> View:
    """The latest of those that ended; of two that ended at one instant, the one asked for later."""
    latest = max(ended, key=lambda one: (one.ended_ms, one.turn))
    spent = [one.spent_ms for one in state.interventions if one.request == latest.id]
    return {
        "request": latest.id,
        "topic": latest.topic,
        "kind": latest.kind,
        "status": latest.status,
    } | ({"spent_ms": spent[0]} if spent else {})


def own_views_changed(before: State, after: State) -> dict[str, View]:
    """The own views, by participant, that differ between two states."""
    touched = {one.participant for id_, one in after.requests.items() if before.requests.get(id_) is not one}
    touched |= {one.participant for id_, one in before.requests.items() if id_ not in after.requests}
    touched |= {id_ for id_, one in after.participants.items() if before.participants.get(id_) is not one}
    touched |= {state.requests[floor.request].participant for state in (before, after) for floor in speakers(state)}
    return {
        participant: own_view(after, participant)
        for participant in touched
        if participant in after.participants
        and (participant not in before.participants or own_view(before, participant) != own_view(after, participant))
    }


def merge_patch(before: View, after: View) -> View:
    """The RFC 7396 JSON Merge Patch that makes `after` of `before`; empty where nothing changed."""
    patch: View = {key: None for key in before if key not in after}
    for key, value in after.items():
        had = before.get(key)
        if isinstance(value, dict) and isinstance(had, dict):
            if inner := merge_patch(had, value):
                patch[key] = inner
        elif value != had or key not in before:
            patch[key] = value
    return patch
