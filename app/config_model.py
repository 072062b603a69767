"""The keys of session_config.yaml and the plan they make. What a single value may be is in `config_values.py`."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, get_args
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from sqlalchemy import make_url

from app import i18n
from app.config_limits import Limits
from app.config_section import Section
from app.config_values import (
    DatabaseUrl,
    Date,
    DaysKept,
    Disallowed,
    Duration,
    Email,
    Host,
    Id,
    LogForm,
    Minutes,
    Port,
    PublicAddress,
    SpeakingOrder,
    SpeakingTime,
    Time,
    TimeZone,
    text_up_to,
)
from app.floor.plan import Balance, PlaceInSession, Plan, PlannedTopic


@dataclass(slots=True)
class Reading:
    """What checks of single values must know of the rest of the file; made anew for each reading."""

    languages: frozenset[str] | None = None
    """Those that texts may have; None where the key `languages` itself is mistaken."""
    topic_ids: set[str] = field(default_factory=lambda: {"opening", "closing"})
    """Those that are taken."""
    database_in_file: bool = False


def _offered_language(value: object) -> str:
    if value in i18n.languages():
        return str(value)
    raise Disallowed("a language the screens speak: " + ", ".join(i18n.languages()))


def _languages(value: object) -> list[object]:
    if isinstance(value, list) and i18n.ENGLISH in value and all(value.count(each) == 1 for each in value):
        return value
    raise Disallowed("a list of languages, each once and English (en) among them, such as [en]")


def _language_of_text(value: object, info: ValidationInfo[Reading]) -> str:
    languages = info.context.languages
    if languages is None or value in languages:
        return str(value)
    raise Disallowed("a language of `languages`: " + ", ".join(sorted(languages)))


def _texts(value: object) -> dict[object, object]:
    if isinstance(value, dict):
        return {i18n.ENGLISH: None, **value}  # so that missing English is a mistake of its own, beside the others
    raise Disallowed("a text for each language, English at least, such as `en: …` on a line of its own")


def _topics(value: object) -> list[object]:
    if isinstance(value, list) and 1 <= len(value) <= 20:
        return value
    raise Disallowed("a list of 1 to 20 topics, each beginning with `- id: …`")


def _groups(value: object) -> dict[str, object]:
    if isinstance(value, dict) and 1 <= len(value) <= 20:
        return value
    raise Disallowed("1 to 20 groups, each an id with its name below it, such as `academia:` and `en: Academia`")


def _new_topic_id(value: str, info: ValidationInfo[Reading]) -> str:
    if value in info.context.topic_ids:
        raise Disallowed("an id that no other topic has, and neither opening nor closing")
    info.context.topic_ids.add(value)
    return value


def _asked(value: object) -> str:
    if value in get_args(Balance):
        return str(value)
    raise Disallowed(" or ".join(get_args(Balance)))


def _asked_for(value: object) -> list[object]:
    if isinstance(value, list) and all(value.count(each) == 1 for each in value):
        return value
    raise Disallowed("a list, each of them once: [gender, region], or one of the two")


AskedFor = Annotated[Balance, BeforeValidator(_asked)]
Language = Annotated[str, BeforeValidator(_offered_language)]
_TextLanguage = Annotated[str, BeforeValidator(_language_of_text)]
Name = Annotated[dict[_TextLanguage, Annotated[str, BeforeValidator(text_up_to(200))]], BeforeValidator(_texts)]
Question = Annotated[dict[_TextLanguage, Annotated[str, BeforeValidator(text_up_to(600))]], BeforeValidator(_texts)]


class OpeningOrClosing(Section):
    title: Name
    minutes: Minutes
    question: Question | None = None


class Topic(Section):
    id: Id
    title: Name
    question: Question
    minutes: Minutes

    @field_validator("id")
    @classmethod
    def _is_new(cls, value: str, info: ValidationInfo[Reading]) -> str:
        return _new_topic_id(value, info)


class SessionFile(Section):
    """The whole file. A check that looks at other keys stands below them: Pydantic checks in this order."""

    id: Id
    title: Name
    place: Name | None = None
    date: Date
    starts: Time
    time_zone: TimeZone
    opening: OpeningOrClosing | None = None
    topics: Annotated[list[Topic], BeforeValidator(_topics)]
    closing: OpeningOrClosing | None = None
    duration_minutes: Duration
    speaking_time_seconds: SpeakingTime
    shortest_speaking_time_seconds: SpeakingTime = 45
    groups: Annotated[dict[Id, Name], BeforeValidator(_groups)]
    languages: Annotated[list[Language], BeforeValidator(_languages)] = Field(default_factory=lambda: [i18n.ENGLISH])
    speaking_order: SpeakingOrder = "as_requested"
    contact: Email = ""
    ask_for: Annotated[list[AskedFor], BeforeValidator(_asked_for)] = Field(default_factory=list)
    keep_personal_data_days: DaysKept | None = None
    limits: Limits = Limits()
    public_address: PublicAddress = None
    database_url: DatabaseUrl = "sqlite:///open-floor.db"
    host: Host = "0.0.0.0"  # noqa: S104 – phones in the room must reach it
    port: Port = 8000
    log_format: LogForm = "text"

    @field_validator("duration_minutes")
    @classmethod
    def _adds_up(cls, duration: int, info: ValidationInfo[Reading]) -> int:
        if not {"opening", "topics", "closing"} <= info.data.keys():
            return duration  # the parts have mistakes of their own
        minutes = {topic.id: topic.minutes for topic in info.data["topics"]}
        for name in ("opening", "closing"):
            if info.data[name]:
                minutes[name] = info.data[name].minutes
        if (total := sum(minutes.values())) != duration:
            parts = " + ".join(f"{name} {number}" for name, number in minutes.items())
            raise Disallowed(
                "minutes that add up to duration_minutes",
                found=f"{duration}, but the minutes add up to {total} ({parts})",
            )
        return duration

    @field_validator("shortest_speaking_time_seconds")
    @classmethod
    def _is_not_longer_than_the_speaking_time(cls, shortest: int, info: ValidationInfo[Reading]) -> int:
        longest = info.data.get("speaking_time_seconds", shortest)
        if shortest > longest:
            raise Disallowed(f"a whole number from 10 to {longest}, which is speaking_time_seconds")
        return shortest

    @field_validator("database_url")
    @classmethod
    def _keeps_its_password_out_of_the_file(cls, url: str, info: ValidationInfo[Reading]) -> str:
        address = make_url(url)
        if info.context.database_in_file and (address.password is not None or "password" in address.query):
            raise Disallowed(
                "an address without a password; set the environment variable DATABASE_URL for one with it",
                found="an address with a password",
            )
        return url

    def plan(self) -> Plan:
        """The session as the core wants it."""
        topics = [_planned(topic.id, "topic", topic) for topic in self.topics]
        if self.opening:
            topics.insert(0, _planned("opening", "opening", self.opening))
        if self.closing:
            topics.append(_planned("closing", "closing", self.closing))
        starts = datetime.combine(self.date, self.starts, ZoneInfo(self.time_zone))
        return Plan(
            id=self.id,
            title=self.title,
            topics=tuple(topics),
            groups=self.groups,
            duration_ms=self.duration_minutes * 60_000,
            speaking_time_ms=self.speaking_time_seconds * 1000,
            shortest_speaking_time_ms=min(self.shortest_speaking_time_seconds, self.speaking_time_seconds) * 1000,
            order=self.speaking_order,
            languages=tuple(self.languages),
            place=self.place or {},
            starts_ms=round(starts.timestamp() * 1000),
            time_zone=self.time_zone,
            contact=self.contact,
            asks_for=tuple(self.ask_for),
        )


def _planned(topic_id: str, kind: PlaceInSession, part: Topic | OpeningOrClosing) -> PlannedTopic:
    return PlannedTopic(
        id=topic_id,
        planned_ms=part.minutes * 60_000,
        title=part.title,
        question=part.question or {},
        kind=kind,
    )
