"""Whom the chair might call next, and why, in any speaking order: a word in the ear, never an act."""

from dataclasses import dataclass
from typing import Literal

from app.floor.state import Share, State, group_of, heard, shares, speaking_order

Reason = Literal[
    "only_one", "point_of_order", "group_not_heard_on_topic", "new_voice", "group_least_heard", "first_in_list"
]


@dataclass(frozen=True, slots=True)
class Suggestion:
    request: str
    reason: Reason
    group: str = ""
    """The group that the reason speaks of, where it speaks of one."""


def suggest(state: State) -> Suggestion | None:
    """None where nobody waits for the open topic."""
    listed = () if state.topic is None else speaking_order(state, state.topic)
    if not listed:
        return None
    if state.requests[listed[0]].is_point_of_order:
        return Suggestion(listed[0], "point_of_order")
    if len(listed) == 1:
        return Suggestion(listed[0], "only_one")
    return _for_balance(state, listed)


def _for_balance(state: State, listed: tuple[str, ...]) -> Suggestion:
    on_topic, in_session = shares(state, state.topic), shares(state)
    voices = heard(state)

    def group(request: str) -> str:  # asked for a few of thousands, mostly
        return group_of(state, state.requests[request])

    for request in listed:
        if not on_topic.get(group(request), Share()).count:
            return Suggestion(request, "group_not_heard_on_topic", group(request))
    for request in listed:
        if state.requests[request].participant not in voices:
            return Suggestion(request, "new_voice", group(request))
    least = min(listed, key=lambda request: in_session[group(request)].spent_ms)
    if group(least) != group(listed[0]):
        return Suggestion(least, "group_least_heard", group(least))
    return Suggestion(listed[0], "first_in_list")
