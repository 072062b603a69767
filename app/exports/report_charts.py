"""The report's charts as numbers between 0 and 1 and texts: `charts.typ` draws them."""

from collections.abc import Callable, Iterator
from itertools import groupby

from app.exports.report import Bar, Bars, Part, Span, Timeline
from app.floor.record import Record
from app.pictures.marks import Mark, marks
from app.record_words import Words

TICK_MS = 600_000
MOST_TICKS = 12


def bars_by_group(record: Record, words: Words, *, of_time: bool) -> Bars:
    """One bar a group: its speaking time, or how often it spoke."""

    def value(group: str) -> int:
        share = record.shares[group]
        return share.spent_ms if of_time else share.count

    most, marked = max(map(value, record.groups)), marks(record.plan.groups)
    return Bars(
        tuple(
            Bar(
                words.group(group),
                (Part(marked[group], value(group) / most),),
                words.length(value(group)) if of_time else str(value(group)),
            )
            for group in record.groups
        )
    )


def bars_by_topic(record: Record, words: Words) -> Bars:
    """One bar a topic: the speaking time of each group on it, one behind the other."""
    spent_ms = {topic.plan.id: sum(one.spent_ms for one in topic.shares.values()) for topic in record.topics}
    most, marked = max(spent_ms.values()), marks(record.plan.groups)
    return Bars(
        tuple(
            Bar(
                words.of(topic.plan.title),
                tuple(
                    Part(marked[group], topic.shares[group].spent_ms / most)
                    for group in record.groups
                    if topic.shares[group].spent_ms
                ),
                words.length(spent_ms[topic.plan.id]),
            )
            for topic in record.topics
        ),
        _legend(record, words),
    )


def described(chart: Bars, words: Words) -> str:
    """All bars in words."""
    return words.listed(f"{bar.label} {bar.value}" for bar in chart.bars)


def timeline_chart(record: Record, words: Words) -> Timeline:
    """From the session's beginning to its end, or to the end that was planned if that is later."""
    begin_ms = record.began_ms if record.began_ms is not None else record.as_of_ms
    whole_ms = max(record.as_of_ms - begin_ms, record.plan.duration_ms)

    def place(at_ms: int) -> float:
        return (at_ms - begin_ms) / whole_ms

    return Timeline(
        spans=(*_planned(record, words, whole_ms), *_actual(record, words, place)),
        ticks=tuple(_ticks(begin_ms, whole_ms, words)),
        lanes=(words.t("record.planned"), words.t("record.actual"), words.t("record.spoken")),
        legend=_legend(record, words),
        paused=words.t("record.paused"),
    )


def _legend(record: Record, words: Words) -> tuple[tuple[Mark, str], ...]:
    marked = marks(record.plan.groups)
    return tuple((marked[group], words.group(group)) for group in record.groups)


def _planned(record: Record, words: Words, whole_ms: int) -> Iterator[Span]:
    from_ms = 0
    for topic in record.plan.topics:
        to_ms = from_ms + topic.planned_ms
        yield Span(from_ms / whole_ms, to_ms / whole_ms, words.of(topic.title), "planned")
        from_ms = to_ms


def _actual(record: Record, words: Words, place: Callable[[int], float]) -> Iterator[Span]:
    titles = {topic.id: words.of(topic.title) for topic in record.plan.topics}
    marked = marks(record.plan.groups)
    said = {one.request: one for one in record.spoken}
    for topic, grouped in groupby(record.timeline, key=lambda one: one.topic):
        stretches = list(grouped)
        yield Span(place(stretches[0].from_ms), place(stretches[-1].to_ms), titles[topic], "actual")
        for one in stretches:
            begin, end = place(one.from_ms), place(one.to_ms)
            if one.spent == "spoken":
                spoken = said[one.request]
                yield Span(begin, end, str(spoken.number), "spoken", marked[spoken.person.group])
            elif one.spent == "paused":
                yield Span(begin, end, "", "paused")


def _ticks(begin_ms: int, whole_ms: int, words: Words) -> Iterator[tuple[float, str]]:
    """Every ten minutes by the clock, or every so many times ten where that is too many."""
    every_ms = TICK_MS * -(-whole_ms // (TICK_MS * MOST_TICKS))
    first_ms = -(-begin_ms // every_ms) * every_ms
    for at_ms in range(first_ms, begin_ms + whole_ms + 1, every_ms):
        yield (at_ms - begin_ms) / whole_ms, words.clock_minutes(at_ms)
