"""How fast one connection may talk: so much at once, and so much a second in the long run."""

import math


class Pace:
    """A bucket of `burst` messages that fills again at `per_s` a second."""

    def __init__(self, per_s: float, burst: int) -> None:
        self._per_s = per_s
        self._burst = burst
        self._left = float(burst)
        self._at_ms: int | None = None

    def wait_s(self, now_ms: int) -> int:
        """0 where one more message is welcome now (and is counted), else in how many seconds one is."""
        if self._at_ms is not None:
            self._left = min(self._burst, self._left + (now_ms - self._at_ms) / 1000 * self._per_s)
        self._at_ms = now_ms
        if self._left >= 1:
            self._left -= 1
            return 0
        return math.ceil((1 - self._left) / self._per_s)
