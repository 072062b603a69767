"""What a participant's own screens know besides what everybody may know."""

from app.floor.request import Request
from app.floor.state import State, is_interrupted, requests_of, speakers
from app.floor.views import View


def own_view(state: State, participant: str) -> View:
    """What a participant's own screens know besides: their details, and what became of what they asked for."""
    known = state.participants[participant]
    own = list(requests_of(state, participant))
    view: View = {
        "name": known.name,
        "organisation": known.organisation,
        "group": known.group,
        "where": known.where,
        "requests": {one.id: _own_request(state, one) for one in own if one.is_live},
    }
    ended = [one for one in own if not one.is_live]
    if ended:
        view["ended"] = _ended(state, ended)
    return view


def _own_request(state: State, request: Request) -> View:
    told = {"summary": request.summary, "passed_over": request.passed_over}
    return {
        "topic": request.topic,
        "kind": request.kind,
        "status": "interrupted" if is_interrupted(state, request.id) else request.status,
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
    touched: set[str] = set()
    if before.requests is not after.requests:
        touched |= _owners_of_changes(before, after) | _owners_of_changes(after, before)
    if before.participants is not after.participants:
        touched |= {id_ for id_, one in after.participants.items() if before.participants.get(id_) is not one}
    touched |= {state.requests[floor.request].participant for state in (before, after) for floor in speakers(state)}
    return {
        participant: own_view(after, participant)
        for participant in touched
        if participant in after.participants
        and not after.participants[participant].erased
        and (participant not in before.participants or own_view(before, participant) != own_view(after, participant))
    }


def _owners_of_changes(one: State, other: State) -> set[str]:
    """Whose requests of one state are not the same, or somebody else's, in the other."""
    return {request.participant for id_, request in one.requests.items() if other.requests.get(id_) is not request}
