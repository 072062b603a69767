"""The server's clock: the wall time at its start, plus the time that has passed since.

A wall clock that is stepped (by NTP or by hand) moves no timer, and time asleep counts, where the system can tell.
What has passed is counted from the machine's own start. So the clock is one number, its zero: what the wall showed
then. A server that is started again goes on with the zero it had, unless the machine was started anew meanwhile.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NowMs = Callable[[], int]
"""Milliseconds since the Unix epoch, on the server's clock."""

BOOT = Path("/proc/sys/kernel/random/boot_id")


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


def passed_ms() -> int:
    """Since the machine's start."""
    if hasattr(time, "CLOCK_BOOTTIME"):  # Linux: goes on while the machine is suspended
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000


def boot() -> str:
    """Which start of the machine `passed_ms` counts from; empty where the system does not say."""
    with suppress(OSError):
        return BOOT.read_text("ascii").strip()
    return ""


@dataclass(frozen=True, slots=True)
class SteadyClock:
    """Set once, and never again. Call it for the time."""

    zero_ms: int
    passed_ms: NowMs = passed_ms

    def __call__(self) -> int:
        return self.zero_ms + self.passed_ms()


def steady_clock(
    not_before_ms: int = 0, zero_ms: int | None = None, wall_ms: NowMs = wall_ms, passed_ms: NowMs = passed_ms
) -> SteadyClock:
    """A clock with the zero that was kept, or else set by the wall clock now.

    `not_before_ms`: the newest instant in the log. A wall clock set back while the server was down starts there, so
    that no timer runs backwards.
    """
    passed = passed_ms()
    zero = wall_ms() - passed if zero_ms is None else zero_ms
    return SteadyClock(max(zero, not_before_ms - passed), passed_ms)
