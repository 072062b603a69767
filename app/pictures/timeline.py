"""The session, or one topic of it, drawn to scale: what was planned, what took place, who spoke when."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.floor.plan import PlannedTopic
from app.floor.record import Record, Spoken
from app.floor.timeline import Stretch
from app.pictures.legend import legend
from app.pictures.marks import Mark, marks
from app.pictures.scale import Scale
from app.pictures.svg import (
    FAINT,
    GROUND,
    INK,
    LINE,
    MEDIUM,
    SMALL,
    element,
    fitted,
    hatching,
    picture,
    titled,
    width_of,
    words,
)
from app.record_words import ISOLATED, Words

WIDTH = 760.0
NAME, BAND, LANE, LABELS, AXIS = 15.0, 22.0, 140.0, 11.0, 24.0
ROWS_OF_LABELS = 3
Planned = tuple[PlannedTopic, tuple[int, int]]
"""A topic, and from when until when it was to be."""
LATE_MS = 3_600_000
"""A plan that is off by more says nothing about this session: it is laid beside it from the same start."""


def timeline_of_session(record: Record, words_: Words, id_: str = "timeline") -> str:
    """Empty before the session has begun."""
    if record.began_ms is None or not record.timeline:
        return ""
    return _Drawing(record, words_, id_, record.timeline, tuple(_planned(record, record.began_ms))).drawn()


def timeline_of_topic(record: Record, words_: Words, topic: str) -> str:
    """Empty where it was never opened."""
    stretches = tuple(one for one in record.timeline if one.topic == topic)
    return _Drawing(record, words_, f"timeline-{topic}", stretches, ()).drawn() if stretches else ""


def _planned(record: Record, began_ms: int) -> Iterator[Planned]:
    starts_ms = record.plan.starts_ms
    at_ms = starts_ms if abs(began_ms - starts_ms) <= LATE_MS else began_ms
    for topic in record.plan.topics:
        yield topic, (at_ms, at_ms + topic.planned_ms)
        at_ms += topic.planned_ms


class _Drawing:
    """What all parts of one timeline share: its scale, and how far down it has come."""

    def __init__(
        self,
        record: Record,
        words_: Words,
        id_: str,
        stretches: tuple[Stretch, ...],
        planned: tuple[Planned, ...],
    ) -> None:
        self._record, self._words, self._id = record, words_, id_
        self._stretches, self._planned = stretches, planned
        self._said = {one.request: one for one in record.spoken}
        self._marks = marks(record.plan.groups)
        self._rtl = words_.direction == "rtl"
        ends = [stretches[0].from_ms, stretches[-1].to_ms, *(ms for _, span in planned for ms in span)]
        self._scale = Scale(min(ends), max(ends), WIDTH, self._rtl)

    def drawn(self) -> str:
        y, parts = 0.0, [hatching(f"{self._id}-pause")]
        if self._planned:
            parts.append(self._lane_name("record.planned", y))
            parts += [self._band(self._title(one), *span, y + NAME) for one, span in self._planned]
            y += NAME + BAND + 8
            parts.append(self._lane_name("record.actual", y))
            y += NAME
            for topic, run in groupby(self._stretches, key=lambda one: one.topic):
                through = tuple(run)
                parts.append(self._band(self._titles[topic], through[0].from_ms, through[-1].to_ms, y))
            y += BAND + 3
        parts.append(self._lane(y))
        outside, below = self._outside(y + LANE)
        y += LANE + below
        parts += [outside, *self._axis(y)]
        entries, y = legend(self._entries(), WIDTH, y + AXIS, rtl=self._rtl)
        t = self._words.t
        desc = t(
            "record.timeline_desc",
            **{"from": self._words.clock(self._scale.from_ms), "to": self._words.clock(self._scale.to_ms)},
            topics=len({one.topic for one in self._stretches}),
            interventions=len({one.request for one in self._stretches if one.request}),
        )
        title = t("record.timeline") if self._planned else self._titles[self._stretches[0].topic]
        return picture(self._id, (WIDTH, y), title, desc, *parts, entries, rtl=self._rtl)

    @property
    def _titles(self) -> dict[str, str]:
        return {one.id: self._title(one) for one in self._record.plan.topics}

    def _title(self, topic: PlannedTopic) -> str:
        return self._words.of(topic.title)

    def _lane_name(self, key: str, y: float) -> str:
        return words(self._words.t(key), WIDTH if self._rtl else 0, y + 11, class_="faint", fill=FAINT)

    def _band(self, name: str, from_ms: int, to_ms: int, y: float) -> str:
        left, width = self._scale.span(from_ms, to_ms)
        told = f"{name}, {self._words.clock_minutes(from_ms)}–{self._words.clock_minutes(to_ms)}"
        label = words(fitted(name, width - 6), left + width / 2, y + 15, text_anchor="middle")
        frame = element("rect", x=left, y=y, width=width, height=BAND, class_="band", fill="#e8eef5", stroke=LINE)
        return titled(told, frame, label)

    # --- who spoke when ---

    def _lane(self, y: float) -> str:
        """Silence is the empty ground."""
        left, width = self._scale.span(self._stretches[0].from_ms, self._stretches[-1].to_ms)
        ground = element("rect", x=left, y=y, width=width, height=LANE, class_="ground", fill=GROUND, stroke=LINE)
        paused = [self._paused(one, y) for one in self._stretches if one.spent == "paused"]
        return ground + "".join((*paused, *(self._spoken(request, y) for request in self._requests)))

    @property
    def _requests(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.request for one in self._stretches if one.request))

    def _paused(self, one: Stretch, y: float) -> str:
        left, width = self._scale.span(one.from_ms, one.to_ms)
        told = (
            f"{self._words.t('record.paused')}, {self._words.clock(one.from_ms)}, {self._words.length(one.length_ms)}"
        )
        area = element("rect", x=left, y=y, width=width, height=LANE, fill=f"url(#{self._id}-pause)", class_="pause")
        return titled(told, area)

    def _spans(self, request: str) -> list[tuple[float, float]]:
        """Several where it was interrupted."""
        return [self._scale.span(one.from_ms, one.to_ms) for one in self._stretches if one.request == request]

    def _spoken(self, request: str, y: float) -> str:
        one, mark = self._said[request], self._mark(request)
        bars = [
            element(
                "rect",
                x=left,
                y=y,
                width=width,
                height=LANE,
                class_="edge",
                fill=mark.fill,
                stroke=GROUND,
                stroke_width=0.6,
            )
            for left, width in self._spans(request)
        ]
        return titled(self._told(one), *bars, *self._label(one, mark, y), class_="said")

    def _label(self, one: Spoken, mark: Mark, y: float) -> Iterator[str]:
        """The number, the group's letter, and upright along the bar as much of the name as fits."""
        left, width = self._widest(one.request)
        middle, ink = left + width / 2, mark.ink
        if not self._holds_number(one):
            return
        number = str(one.number)
        yield words(number, middle, y + 13, SMALL, text_anchor="middle", class_="on", fill=ink, font_weight="bold")
        yield words(mark.letter, middle, y + 26, SMALL, text_anchor="middle", class_="on", fill=ink)
        name = fitted(self._words.who(one.person), LANE - 36, MEDIUM)
        if name and width >= MEDIUM + 2:
            at, foot = middle + 4, y + LANE - 5
            turned = f"rotate(-90 {at:.2f} {foot:.2f})"
            yield words(ISOLATED.format(name), at, foot, transform=turned, direction="ltr", class_="on", fill=ink)

    def _holds_number(self, one: Spoken) -> bool:
        return self._widest(one.request)[1] >= width_of(str(one.number), SMALL) + 1

    def _widest(self, request: str) -> tuple[float, float]:
        return max(self._spans(request), key=lambda span: span[1])

    def _outside(self, y: float) -> tuple[str, float]:
        """The numbers that are wider than their bars, below them in up to three rows; and the height of those."""
        free = [-1.0] * ROWS_OF_LABELS
        drawn, used = [], 0
        narrow = [self._said[one] for one in self._requests if not self._holds_number(self._said[one])]
        for one in sorted(narrow, key=lambda one: self._widest(one.request)[0]):
            left, width = self._widest(one.request)
            label = f"{one.number}{self._mark(one.request).letter}"
            half = width_of(label, SMALL) / 2
            middle = min(max(left + width / 2, half), WIDTH - half)
            row = next((row for row, until in enumerate(free) if middle - half > until), None)
            if row is None:
                continue  # what it is stands in its title, and in the table
            free[row], used = middle + half + 1, max(used, row + 1)
            drawn.append(words(label, middle, y + LABELS * (row + 1), SMALL, text_anchor="middle", direction="ltr"))
        return "".join(drawn), LABELS * used + (3 if used else 0)

    def _mark(self, request: str) -> Mark:
        return self._marks[self._said[request].person.group]

    def _told(self, one: Spoken) -> str:
        w = self._words
        group = w.group(one.person.group)
        return f"{one.number}. {w.who(one.person)}, {group}, {w.clock(one.began_ms)}, {w.length(one.spent_ms)}"

    # --- below ---

    def _axis(self, y: float) -> Iterable[str]:
        yield element("path", d=f"M0 {y:.2f} H{WIDTH:.0f}", stroke=INK, stroke_width=1, class_="axis")
        for at_ms in self._scale.ticks():
            x, time = self._scale.x(at_ms), self._words.clock_minutes(at_ms)
            half = width_of(time, SMALL) / 2
            at = min(max(x, half), WIDTH - half)
            yield element("path", d=f"M{x:.2f} {y:.2f} v4", stroke=INK, stroke_width=1, class_="axis")
            yield words(time, at, y + 15, SMALL, text_anchor="middle", direction="ltr")

    def _entries(self) -> Iterator[tuple[Mark | str, str]]:
        here = {self._said[request].person.group for request in self._requests}
        yield from ((self._marks[group], self._words.group(group)) for group in self._record.groups if group in here)
        spent = {one.spent for one in self._stretches}
        if "paused" in spent:
            yield f"url(#{self._id}-pause)", self._words.t("record.paused")
        if "silent" in spent:
            yield GROUND, self._words.t("record.silent")
