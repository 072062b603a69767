"""The speaking order: who goes next, by which rule, among those who wait for one topic.

Points of order come first, in the order of asking. What somebody placed by hand stays at its place, before a point
of order too; the rule fills the places around it. Works on what it is given: it knows no state.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from app.floor.plan import Order
from app.floor.request import Request

MOST_OVERTAKEN = 5
"""So often may later requests go before one; then it goes next. Nobody starves for the sake of balance."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting request, with what the rules look at."""

    request: Request
    group: str
    new_voice: bool
    """The participant has not spoken in this session yet."""


def arrange(waiting: Sequence[Waiting], order: Order, spent_ms: Mapping[str, int], limit_ms: int) -> tuple[str, ...]:
    """The ids of the waiting in speaking order.

    `waiting` comes in the order in which it stands now (the places of those moved by hand are counted in it),
    `spent_ms` is each group's speaking time so far, `limit_ms` what one more intervention is taken to add.
    """
    unplaced = sorted((one for one in waiting if not one.request.moved), key=_turn)
    points = [one for one in unplaced if one.request.is_point_of_order]
    free = [one for one in unplaced if not one.request.is_point_of_order]
    match order:
        case "as_requested":
            by_rule: Iterable[Waiting] = free
        case "new_voices":
            by_rule = _played_forward(free, {}, 0)
        case "balanced":
            by_rule = _played_forward(free, spent_ms, limit_ms)
    following = chain(points, by_rule)
    placed = (one if one.request.moved else next(following) for one in waiting)
    return tuple(one.request.id for one in placed)


def _turn(one: Waiting) -> int:
    return one.request.turn


def _played_forward(free: Sequence[Waiting], spent_ms: Mapping[str, int], limit_ms: int) -> Iterable[Waiting]:
    """Each time the group least heard so far, in it new voices first, then by time; `free` is sorted by turn.

    With no times given all groups stay level, which leaves "new voices first".
    """
    lines: dict[str, deque[Waiting]] = {}
    for one in sorted(free, key=lambda one: (not one.new_voice, one.request.turn)):
        lines.setdefault(one.group, deque()).append(one)
    heard_ms = dict(spent_ms)
    called: set[str] = set()
    eldest = 0
    for _ in free:
        while free[eldest].request.id in called:
            eldest += 1
        # Every call that did not go to somebody before the eldest went past it; nobody has been overtaken more often.
        overtaken = free[eldest].request.overtaken + len(called) - eldest
        chosen = free[eldest] if overtaken >= MOST_OVERTAKEN else _least_heard(lines, heard_ms, called)
        called.add(chosen.request.id)
        heard_ms[chosen.group] = heard_ms.get(chosen.group, 0) + limit_ms
        yield chosen


def _least_heard(lines: Mapping[str, deque[Waiting]], heard_ms: Mapping[str, int], called: set[str]) -> Waiting:
    for line in lines.values():
        while line and line[0].request.id in called:
            line.popleft()
    return min(
        (line[0] for line in lines.values() if line),
        key=lambda one: (heard_ms.get(one.group, 0), not one.new_voice, one.request.turn),
    )
