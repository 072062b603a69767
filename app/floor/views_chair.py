"""What the consoles know besides what everybody may know. Nothing of it reaches another view."""

from collections import Counter
from collections.abc import Mapping

from app.floor.forecast import needed_ms
from app.floor.notes import Note
from app.floor.request import Intervention
from app.floor.state import Share, State, shares
from app.floor.suggestion import suggest
from app.floor.views import Seen, View, audience_view, person_view, request_view, seen_before
from app.floor.views_acts import act_view


def chair_view(
    state: State, present: Mapping[str, int], *, audience: View | None = None, seen: Seen | None = None
) -> View:
    """The audience's view with what is the chair's alone.

    `present`: how many screens each participant has open now. `audience`: that view, where it has been made already.
    `seen`: an earlier view of the chair's, from which is taken over what is still the same.
    """
    view = dict(audience or audience_view(state))
    waiting = (one for stands in state.topics.values() for one in stands.waiting)
    view["requests"] = {
        id_: _request(state, id_, present, seen) for id_ in dict.fromkeys((*view["requests"], *waiting))
    }
    view["session"] = view["session"] | {"shortest_speaking_time_ms": state.plan.shortest_speaking_time_ms}
    view["shares"] = {
        "session": _shares(shares(state)),
        "topics": {topic: _shares(shares(state, topic)) for topic in state.topics},
    }
    view["joined"] = _joined(state, seen)
    view["online"] = len(present)
    view["acts"] = [act_view(state, act) for act in state.acts]
    view["undone"] = [act_view(state, act) for act in state.undone]
    view["interventions"] = {one.request: _intervention(state, one) for one in state.interventions}
    view["notes"] = {note.id: _note(note) for note in state.notes.values()}
    view["tags"] = {
        topic: {tag: list(requests) for tag, requests in tags.items()} for topic, tags in state.tags.items()
    }
    view["editions"] = state.editions
    view["forecast"] = {"waiting": len(view["list"]), "needed_ms": needed_ms(state)}
    suggestion = suggest(state)
    if suggestion is not None:
        view["suggestion"] = {"request": suggestion.request, "reason": suggestion.reason}
        if suggestion.group:
            view["suggestion"]["group"] = suggestion.group
    return view


def _joined(state: State, seen: Seen | None) -> dict[str, int]:
    if seen is not None and seen[0].participants is state.participants and seen[0].plan is state.plan:
        joined: dict[str, int] = seen[1]["joined"]
        return joined
    found = Counter(one.group for one in state.participants.values() if not one.erased)
    return {group: found[group] for group in state.plan.groups}


def _request(state: State, id_: str, present: Mapping[str, int], seen: Seen | None) -> View:
    """A phone that has gone leaves its owner's place in the list as it is."""
    one = state.requests[id_]
    away = one.participant not in present and state.participants[one.participant].has_phone
    known = seen_before(state, id_, seen)
    if known is not None and known.get("away", False) == away:
        return known
    told: View = {
        "summary": one.summary,
        "passed_over": one.passed_over,
        "overtaken": one.overtaken,
        "moved": one.moved,
        "away": away,
    }
    return request_view(state, one) | {"at": one.at_ms} | {key: value for key, value in told.items() if value}


def _intervention(state: State, one: Intervention) -> View:
    return {
        "participant": one.participant,
        **person_view(state, one.participant),
        "kind": one.kind,
        "topic": one.topic,
        "where": state.participants[one.participant].where,
        "began": one.began_ms,
        "ended": one.ended_ms,
        "spent_ms": one.spent_ms,
    }


def _note(note: Note) -> View:
    about = {"request": note.request} if note.request else {"topic": note.topic}
    return {**about, "kind": note.kind, "text": note.text, "by": note.by, "at": note.at_ms, "version": note.version}


def _shares(shares_by_group: dict[str, Share]) -> View:
    return {group: {"count": share.count, "spent_ms": share.spent_ms} for group, share in shares_by_group.items()}
