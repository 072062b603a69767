"""How the session's time was spent, from instant to instant: one stretch behind the other, without a gap.

What was spoken, what was paused and what was neither are told apart here and nowhere else, so that they add up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.floor.events import (
    Event,
    FloorGiven,
    InterventionEnded,
    PassedOver,
    SessionEnded,
    SessionPaused,
    SessionResumed,
    SessionStarted,
    TopicOpened,
)

Spent = Literal["spoken", "paused", "silent"]
"""Silent: nobody had the floor, or whoever was called was not there; the chair may have spoken."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span of one topic's time (UTC epoch milliseconds) in which one thing went on."""

    topic: str
    spent: Spent
    from_ms: int
    to_ms: int
    request: str = ""
    """Whose intervention it was; only where it was spoken."""

    @property
    def length_ms(self) -> int:
        return self.to_ms - self.from_ms


@dataclass(slots=True)
class _Moment:
    """How things stand between two events. The last of those on the floor speaks; the one before it waits."""

    topic: str = ""
    runs: bool = False
    over: bool = False
    floor: tuple[str, ...] = ()
    since_ms: int = 0

    def stretch(self, to_ms: int) -> Iterator[Stretch]:
        if self.topic and not self.over and to_ms > self.since_ms:
            request = self.floor[-1] if self.floor and self.runs else ""
            spent: Spent = "spoken" if request else "silent" if self.runs else "paused"
            yield Stretch(self.topic, spent, self.since_ms, to_ms, request)

    def take(self, event: Event) -> None:
        match event:
            case SessionStarted() | SessionResumed():
                self.runs = True
            case SessionPaused():
                self.runs = False
            case SessionEnded():
                self.over = True
            case TopicOpened(topic):
                self.topic = topic
            case FloorGiven(request):
                self.floor = (*self.floor, request)
            case InterventionEnded(request) | PassedOver(request):
                self.floor = tuple(other for other in self.floor if other != request)
        self.since_ms = event.at_ms


def timeline(events: Iterable[Event], now_ms: int) -> tuple[Stretch, ...]:
    """The stretches of what stands of a log, until the session's end, or until `now_ms` while it goes on."""
    moment = _Moment()
    found: list[Stretch] = []
    given_at: dict[str, int] = {}
    for event in sorted(events, key=_at_ms):  # an act done again stands at its first time, see `standing.py`
        found += moment.stretch(event.at_ms)
        match event:
            case FloorGiven(request):
                given_at[request] = len(found)
            case PassedOver(request) if request in moment.floor:
                found[given_at[request] :] = _spoken_for(0, request, found[given_at[request] :])
            case InterventionEnded(request, spoken_ms):
                found[given_at[request] :] = _spoken_for(spoken_ms, request, found[given_at[request] :])
        moment.take(event)
    found += moment.stretch(now_ms)
    return _joined(found)


def _at_ms(event: Event) -> int:
    return event.at_ms


def _spoken_for(left_ms: int, request: str, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, no more than so much of them spoken on this request.

    Whoever was called and not there has not spoken. Whoever ended in a pause that was then taken back has spoken
    until the pause, and not through what is no pause any more.
    """
    for one in stretches:
        if one.request != request:
            yield one
            continue
        until_ms = one.from_ms + min(one.length_ms, left_ms)
        left_ms -= until_ms - one.from_ms
        if until_ms > one.from_ms:
            yield replace(one, to_ms=until_ms)
        if until_ms < one.to_ms:
            yield replace(one, from_ms=until_ms, spent="silent", request="")


def _joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Neighbours in which the same went on are one."""
    joined: list[Stretch] = []
    for one in stretches:
        last = joined[-1] if joined else None
        if last and (last.topic, last.spent, last.request) == (one.topic, one.spent, one.request):
            joined[-1] = replace(last, to_ms=one.to_ms)
        else:
            joined.append(one)
    return tuple(joined)
