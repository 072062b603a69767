"""How fast somebody may talk: so much at once, and so much a second in the long run."""

import math

from app.config_limits import Limits


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


class Paces:
    """A pace for each of many, by name: participants, browsers. It never holds more than `MOST` of them."""

    MOST = 20_000

    def __init__(self, per_s: float, burst: int) -> None:
        self._per_s = per_s
        self._burst = burst
        self._of: dict[str, Pace] = {}
        """Who was heard of last stands last."""

    def wait_s(self, name: str, now_ms: int) -> int:
        """As `Pace.wait_s`. Who was not heard of for longest is forgotten first, and begins anew."""
        pace = self._of.pop(name, None) or Pace(self._per_s, self._burst)
        self._of[name] = pace
        if len(self._of) > self.MOST:
            del self._of[next(iter(self._of))]
        return pace.wait_s(now_ms)


class Allowance:
    """What whoever comes may still ask for, by the session file's limits. How fast one screen may talk is its own."""

    def __init__(self, limits: Limits) -> None:
        self.commands = Paces(limits.commands_a_minute / 60, limits.commands_a_minute)
        """Of a participant, over all their screens."""
        self.name_changes = Paces(limits.name_changes_an_hour / 3600, limits.name_changes_an_hour)
        """Of a participant."""
        self.joins = Paces(limits.joins_an_hour / 3600, limits.joins_an_hour)
        """From a browser, or over a connection."""
        self.codes = Pace(2.0, 60)
        """Of all who come with a personal code, so that nobody guesses one."""
