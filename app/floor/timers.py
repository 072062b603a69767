"""Timers as arithmetic: what was planned, added, spent, and since when it runs. Nothing here ticks.

`static/timers.js` mirrors this module; both must pass `tests/timer_cases.json`.
"""

from dataclasses import dataclass, replace
from typing import Literal

LAST_MINUTE_MS = 60_000

Phase = Literal["in_time", "last_minute", "over"]


@dataclass(frozen=True, slots=True)
class Timer:
    """A span of time being spent. All lengths are milliseconds, `since_ms` is a UTC epoch instant.

    The planned time is never changed: a restart or a reset must not mistake what was added for the plan.
    """

    planned_ms: int
    added_ms: int = 0
    spent_ms: int = 0
    """Spent before `since_ms`; the whole of it while the timer stands still."""
    since_ms: int | None = None
    """When it last began to run; None while it stands still."""


def allotted_ms(timer: Timer) -> int:
    return timer.planned_ms + timer.added_ms


def spent_ms(timer: Timer, now_ms: int) -> int:
    """Time spent until `now_ms`. Never shrinks: an instant before the start counts as the start."""
    running_ms = 0 if timer.since_ms is None else max(0, now_ms - timer.since_ms)
    return timer.spent_ms + running_ms


def remaining_ms(timer: Timer, now_ms: int) -> int:
    """Time left, in milliseconds; negative once it is over time."""
    return allotted_ms(timer) - spent_ms(timer, now_ms)


def started(timer: Timer, now_ms: int) -> Timer:
    """The timer running; one that runs already is left as it is."""
    return timer if timer.since_ms is not None else replace(timer, since_ms=now_ms)


def stopped(timer: Timer, now_ms: int) -> Timer:
    """The timer standing still; one that stands still already is left as it is."""
    if timer.since_ms is None:
        return timer
    return replace(timer, spent_ms=spent_ms(timer, now_ms), since_ms=None)


def extended(timer: Timer, by_ms: int) -> Timer:
    """The timer with exactly `by_ms` more (or, if negative, less) to spend."""
    return replace(timer, added_ms=timer.added_ms + by_ms)


def phase(timer: Timer, now_ms: int) -> Phase:
    """What the colour and the words say: derived each time it is shown, never stored."""
    left_ms = remaining_ms(timer, now_ms)
    if left_ms <= 0:
        return "over"
    return "last_minute" if left_ms <= LAST_MINUTE_MS else "in_time"


def clock_text(left_ms: int) -> str:
    """`m:ss`, as a clock shows it: time left rounds up, overtime (`+0:07`) rounds down, zero has no sign.

    Rounding up makes a ten-second countdown begin at 0:10 and reach 0:00 when the time is up, not a second early.
    """
    seconds = -(-left_ms // 1000) if left_ms > 0 else -left_ms // 1000
    sign = "+" if left_ms < 0 and seconds > 0 else ""
    return f"{sign}{seconds // 60}:{seconds % 60:02}"
