"""The server's clock: the wall time at start plus the time that has passed since.

A wall clock that is stepped (by NTP or by hand) moves no timer, and time asleep counts, where the system can tell.
"""

import time
from collections.abc import Callable

NowMs = Callable[[], int]
"""Milliseconds since the Unix epoch, on the server's clock."""


def steady_clock(not_before_ms: int = 0) -> NowMs:
    """A clock set by the wall clock now, and never again.

    `not_before_ms`: the newest instant in the log. A wall clock set back while the server was down starts there, so
    that no timer runs backwards.
    """
    began_ms = max(time.time_ns() // 1_000_000, not_before_ms) - _passed_ms()
    return lambda: began_ms + _passed_ms()


def _passed_ms() -> int:
    if hasattr(time, "CLOCK_BOOTTIME"):  # Linux: goes on while the machine is suspended
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
    return time.monotonic_ns() // 1_000_000
