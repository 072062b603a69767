"""The server's clock as a client knows it: the offset is that of the sample with the smallest round trip."""

import time
from collections.abc import Mapping


def local_ms() -> float:
    """A clock that neither steps nor, where the system has one, stops in suspend. Its zero means nothing."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)) * 1000


class Clock:
    """Begins unknown: `now_ms` means nothing before the first sample."""

    def __init__(self) -> None:
        self._offset_ms = 0.0
        self._round_trip_ms = float("inf")

    def sample(self, sent_ms: float, server_ms: float, received_ms: float) -> None:
        """One exchange: asked and answered at these local times, and the server's time in between."""
        round_trip_ms = received_ms - sent_ms
        if round_trip_ms < self._round_trip_ms:
            self._round_trip_ms = round_trip_ms
            self._offset_ms = server_ms - (sent_ms + received_ms) / 2

    def rough(self, server_ms: float) -> None:
        """A time that came without being asked for: taken only while there is nothing better."""
        if self._round_trip_ms == float("inf"):
            self._offset_ms = server_ms - local_ms()

    def forget(self) -> None:
        """A new connection may lead to another machine: its samples stand for themselves."""
        self._round_trip_ms = float("inf")

    def now_ms(self) -> float:
        """Milliseconds since the Unix epoch on the server's clock."""
        return local_ms() + self._offset_ms


def spent_ms(timer: Mapping[str, int], now_ms: float) -> float:
    """Milliseconds spent on a timer as it comes on the wire, at `now_ms` on the server's clock."""
    running_ms = max(0.0, now_ms - timer["since"]) if "since" in timer else 0.0
    return timer["spent_ms"] + running_ms
