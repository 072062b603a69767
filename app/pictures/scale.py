"""Time drawn to scale: from instants (UTC epoch milliseconds) to places on a line, and the clock times below it."""

from collections.abc import Iterator
from dataclasses import dataclass

MINUTE_MS = 60_000
STEPS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480)
MOST_TICKS = 13


@dataclass(frozen=True, slots=True)
class Scale:
    """A line from 0 to `width`; from right to left where the language runs so."""

    from_ms: int
    to_ms: int
    width: float
    rtl: bool = False

    def x(self, at_ms: int) -> float:
        along = self._along(at_ms)
        return self.width - along if self.rtl else along

    def span(self, from_ms: int, to_ms: int) -> tuple[float, float]:
        """Its left edge and its width."""
        one, other = self._along(from_ms), self._along(to_ms)
        return (self.width - other if self.rtl else one), other - one

    def ticks(self) -> Iterator[int]:
        """Whole minutes by the clock, as many as can be read."""
        minutes = (self.to_ms - self.from_ms) / MINUTE_MS
        step = next((step for step in STEPS_MIN if minutes / step < MOST_TICKS), round(minutes / MOST_TICKS) + 1)
        step_ms = step * MINUTE_MS
        first = -(-self.from_ms // step_ms) * step_ms
        return iter(range(first, self.to_ms + 1, step_ms))

    def _along(self, at_ms: int) -> float:
        length = max(1, self.to_ms - self.from_ms)
        return self.width * min(max(0, at_ms - self.from_ms), length) / length
