"""Bars: how long, or how often, each group spoke; in all and by topic."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.floor.record import Record, Share
from app.pictures.legend import legend
from app.pictures.marks import Mark, marks
from app.pictures.svg import FAINT, GROUND, INK, SMALL, element, fitted, picture, titled, width_of, words
from app.record_words import Words

WIDTH = 374.0
NAME, BAR, ROW = 13.0, 15.0, 36.0
Measure = Literal["time", "count"]


@dataclass(frozen=True, slots=True)
class _Part:
    mark: Mark
    name: str
    value: int


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    parts: Sequence[_Part]

    @property
    def value(self) -> int:
        return sum(part.value for part in self.parts)


def bars_by_group(record: Record, words_: Words, measure: Measure) -> str:
    """One bar a group, with its letter and its figure."""
    known = marks(record.plan.groups)
    rows = [
        _Row("", [_Part(known[id_], words_.group(id_), _value(measure)(share))]) for id_, share in record.shares.items()
    ]
    return _drawn(f"{measure}-by-group", words_, measure, [_Row(row.parts[0].name, row.parts) for row in rows])


def bars_by_topic(record: Record, words_: Words, measure: Measure) -> str:
    """One bar a topic, in parts by group."""
    known = marks(record.plan.groups)
    value = _value(measure)
    rows = [
        _Row(
            words_.of(topic.plan.title),
            [_Part(known[id_], words_.group(id_), value(share)) for id_, share in topic.shares.items() if value(share)],
        )
        for topic in record.topics
    ]
    entries = [(known[id_], words_.group(id_)) for id_, share in record.shares.items() if value(share)]
    return _drawn(f"{measure}-by-topic", words_, measure, rows, entries)


def _value(measure: Measure) -> Callable[[Share], int]:
    return (lambda share: share.spent_ms) if measure == "time" else (lambda share: share.count)


def _drawn(
    id_: str, words_: Words, measure: Measure, rows: Sequence[_Row], entries: Iterable[tuple[Mark | str, str]] = ()
) -> str:
    rtl = words_.direction == "rtl"
    say: Callable[[int], str] = words_.length if measure == "time" else str
    room = max((width_of(say(row.value)) for row in rows), default=0) + 8
    most = max((row.value for row in rows), default=0) or 1
    parts = [
        part for place, row in enumerate(rows) for part in _row(row, place * ROW, (WIDTH - room) / most, say, rtl=rtl)
    ]
    below, height = legend(entries, WIDTH, len(rows) * ROW + 4, rtl=rtl) if entries else ("", len(rows) * ROW)
    title = words_.t(_TITLES[id_])
    desc = words_.t("record.bars_desc", bars="; ".join(f"{row.name}: {say(row.value)}" for row in rows))
    return picture(id_, (WIDTH, height), title, desc, *parts, below, rtl=rtl)


_TITLES = {
    "time-by-group": "record.time_by_group",
    "count-by-group": "record.count_by_group",
    "time-by-topic": "record.time_by_topic",
    "count-by-topic": "record.count_by_topic",
}


def _row(row: _Row, y: float, scale: float, say: Callable[[int], str], *, rtl: bool) -> Iterator[str]:
    start = WIDTH if rtl else 0
    yield words(fitted(row.name, WIDTH), start, y + 11)
    at = 0.0
    for part in row.parts:
        width = part.value * scale
        left = WIDTH - at - width if rtl else at
        bar = element(
            "rect", x=left, y=y + NAME + 3, width=width, height=BAR, class_="edge", fill=part.mark.fill, stroke=GROUND
        )
        letter = words(
            part.mark.letter,
            left + width / 2,
            y + NAME + 14,
            SMALL,
            text_anchor="middle",
            class_="on",
            fill=part.mark.ink,
        )
        yield titled(f"{part.name}: {say(part.value)}", bar, letter if width >= SMALL else "")
        at += width
    yield element("path", d=f"M{start:.0f} {y + NAME + 1:.2f} v{BAR + 4:.0f}", stroke=INK, class_="axis")
    value_at = WIDTH - at - 5 if rtl else at + 5
    yield words(say(row.value), value_at, y + NAME + 14, class_="faint", fill=FAINT, text_anchor="start")
