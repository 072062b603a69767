"""The captions of a report's tables and figures, numbered in the order in which they are asked for; and its columns."""

from itertools import count

from app.exports.report import Caption, Chart, Column, Figure, Table
from app.record_words import Words

SHORT, LONG = 1.5, 3.4
"""The width of a column of figures, and of one of names."""
_PLACE = "\0"
"""Stands for the number, which Word counts by itself; no text has it."""


class Captions:
    def __init__(self, words: Words) -> None:
        self._t = words.t
        self._tables, self._figures = count(1), count(1)

    def of(self, key: str, topic: str) -> str:
        """A caption that says of which topic it is."""
        return self._t("record.of_topic", what=self._t(key), topic=isolated(topic))

    def table(
        self, caption: str, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], total: tuple[str, ...] = ()
    ) -> Table:
        return Table(self._caption("record.table", next(self._tables), caption), columns, rows, total)

    def figure(self, key: str, chart: Chart, alt: str) -> Figure:
        return Figure(self._caption("record.figure", next(self._figures), self._t(key)), alt, chart)

    def _caption(self, key: str, number: int, caption: str) -> Caption:
        before, after = self._t(key, number=_PLACE, caption=caption).split(_PLACE)
        return Caption(before, number, after)

    def column(self, key: str, width: float) -> Column:
        return Column(self._t(key), width)

    def typed(self, key: str, width: float = LONG) -> Column:
        return Column(self._t(key), width, "typed")

    def number(self, key: str, width: float = SHORT) -> Column:
        return Column(self._t(key), width, "number")


def isolated(text: str) -> str:
    """With a direction of its own, whatever stands around it (Unicode UAX #9)."""
    return f"\u2068{text}\u2069"


def from_to(words: Words, from_ms: int | None, to_ms: int | None) -> str:
    """From when to when, by the clock; since when, while it goes on."""
    if from_ms is None:
        return words.t("record.not_begun")
    begin = words.clock_minutes(from_ms)
    if to_ms is None:
        return words.t("record.since", **{"from": begin})
    return isolated(f"{begin}–{words.clock_minutes(to_ms)}")
