"""The record in words: what its page and its exports both say of times, lengths, shares, people and groups."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_percent

from app import i18n
from app.floor.notes import NoteKind
from app.floor.people import Where
from app.floor.plan import Plan, Texts
from app.floor.record import NotHeard, Person, Record
from app.floor.request import Kind

NOTE_KINDS: Mapping[NoteKind, str] = {
    "key_point": "record.key_points",
    "quote": "record.quotes",
    "reference": "record.references",
    "note": "record.notes",
}
"""Each kind of note with the key of its heading, in the order in which a report wants them."""
KINDS: Mapping[Kind, str] = {
    "intervention": "record.interventions",
    "right_of_reply": "record.replies",
    "point_of_order": "record.points_of_order",
}
_WHERE: Mapping[Where, str] = {"room": "record.in_room", "online": "record.online"}
_ANSWERS = {
    "": "record.not_stated",
    "woman": "record.woman",
    "man": "record.man",
    "other": "record.other",
    "african": "record.african",
    "asia_pacific": "record.asia_pacific",
    "eastern_european": "record.eastern_european",
    "latin_american_caribbean": "record.latin_american_caribbean",
    "western_european_other": "record.western_european_other",
}
ISOLATED = "\u2068{}\u2069"
"""First strong isolate: whatever direction the text around it has, this keeps its own (Unicode UAX #9)."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language, for one record. Texts of the session that are not in it are in English."""

    language: str
    plan: Plan
    groups: Mapping[str, tuple[str, ...]]

    def t(self, key: str, **values: object) -> str:
        return i18n.text(self.language, key, **values)

    def of(self, texts: Texts) -> str:
        """A text of the session's own; empty where there is none."""
        return texts.get(self.language) or texts.get(i18n.ENGLISH, "")

    @property
    def direction(self) -> str:
        return i18n.direction(self.language)

    # --- instants: UTC epoch milliseconds, told by the clocks of the session's place ---

    def at(self, at_ms: int) -> datetime:
        return datetime.fromtimestamp(at_ms / 1000, ZoneInfo(self.plan.time_zone))

    def clock(self, at_ms: int) -> str:
        """`15:42:10`, as the clock on the wall showed it."""
        return f"{self.at(at_ms):%H:%M:%S}"

    def clock_minutes(self, at_ms: int) -> str:
        return f"{self.at(at_ms):%H:%M}"

    def iso(self, at_ms: int) -> str:
        """`2023-10-10T15:42:10+09:00`, for machines."""
        return self.at(at_ms).isoformat(timespec="seconds")

    def date(self, at_ms: int) -> str:
        """`10 October 2023`, as the language writes it."""
        return format_date(self.at(at_ms), "long", locale=self._locale)

    def offset(self, at_ms: int) -> str:
        """`UTC+09:00`, as it was at that instant."""
        return f"UTC{self.at(at_ms).isoformat()[-6:]}"

    def zone(self) -> str:
        """The sentence that says once how all times are told."""
        at_ms = self.plan.starts_ms
        zone = ISOLATED.format(self.plan.time_zone)
        return self.t("record.time_zone", offset=ISOLATED.format(self.offset(at_ms)), zone=zone)

    # --- lengths and shares ---

    @staticmethod
    def length(ms: int) -> str:
        return length_text(ms)

    def percent(self, part: int, whole: int) -> str:
        """A share in whole percents; nothing of nothing is 0%."""
        return str(format_percent(round(part / whole, 2) if whole else 0, locale=self._locale))

    # --- people and groups ---

    def group(self, group: str) -> str:
        """Its name, with the names of those that are counted with it."""
        first, *others = (self.of(self.plan.groups[one]) for one in self.groups.get(group, (group,)))
        return self.t("record.group_with", group=first, others=self.listed(others)) if others else first

    def who(self, person: Person) -> str:
        """Their name; of one who was hidden or erased, that it was somebody of their group."""
        return person.name or self.t("record.unnamed", group=self.group(person.group))

    def chairing(self, record: Record) -> str:
        """The consoles that presided, by the names of their keys; the first key is simply the chair's."""
        names = (self.t("role.chair") if one.id in {"", "chair"} else one.id for one in record.chairing)
        return self.listed(ISOLATED.format(name) for name in names)

    def where(self, person: Person) -> str:
        return self.t(_WHERE[person.where])

    def answer(self, answer: str) -> str:
        """What somebody said of their gender or region; "" is that they did not."""
        return self.t(_ANSWERS[answer])

    def why(self, one: NotHeard, record: Record) -> str:
        """Why somebody was not heard."""
        if one.outcome == "waiting":
            return self.t("record.cut_by_time" if record.status == "ended" else "record.still_waiting")
        return self.t("record.not_there" if one.outcome == "passed_over" else "record.taken_off")

    def listed(self, words: Iterable[str]) -> str:
        """With the comma of the language between them."""
        return self.t("record.separator").join(words)

    # --- captions ---

    def table(self, number: int, caption: str) -> str:
        return self.t("record.table", number=number, caption=caption)

    def figure(self, number: int, caption: str) -> str:
        return self.t("record.figure", number=number, caption=caption)

    @property
    def _locale(self) -> str:
        """Babel's; the English of the UN puts the day before the month."""
        return "en_GB" if self.language in {i18n.ENGLISH, i18n.PSEUDO} else self.language.replace("-", "_")


def length_text(ms: int) -> str:
    """`2:05`, or `1:02:03` from an hour on; to the nearest second, with a minus sign where time was taken away."""
    seconds = (abs(ms) + 500) // 1000
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    sign = "\u2212" if ms <= -500 else ""
    return f"{sign}{hours}:{minutes:02}:{seconds:02}" if hours else f"{sign}{minutes}:{seconds:02}"


def words_of(record: Record, language: str) -> Words:
    return Words(language, record.plan, record.groups)
