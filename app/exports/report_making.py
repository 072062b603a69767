"""The report is made of the record: the summary first, then topic by topic, the tags, and how the figures are made."""

from collections.abc import Iterator

from app import i18n
from app.exports.report import Block, Facts, Heading, Report, Text
from app.exports.report_captions import Captions, from_to
from app.exports.report_summary import summary
from app.exports.report_topic import tag_index, topic_blocks
from app.floor.record import Record
from app.record_words import Words, words_of


def report_of(record: Record, language: str) -> Report:
    words = words_of(record, language)
    published_ms = record.published_ms
    time = words.clock_minutes(published_ms or record.as_of_ms)
    published = {"edition": record.edition, "date": words.date(published_ms), "time": time}
    return Report(
        language=i18n.ENGLISH if language == i18n.PSEUDO else language,
        direction="rtl" if words.direction == "rtl" else "ltr",
        title=words.of(record.plan.title),
        subtitle=words.t("record.title"),
        status=words.t("record.published", **published) if published_ms else words.t("record.draft_as_of", time=time),
        mark="" if published_ms else words.t("record.draft"),
        author=record.plan.contact,
        as_of_ms=record.as_of_ms,
        contents=words.t("record.contents"),
        front=tuple(_front(record, words)),
        blocks=tuple(_body(record, words)),
    )


def _front(record: Record, words: Words) -> Iterator[Block]:
    plan = record.plan
    began_ms = record.began_ms if record.began_ms is not None else plan.starts_ms
    rows = (
        ("record.place", words.of(plan.place)),
        ("record.date", words.date(began_ms)),
        ("record.planned", from_to(words, plan.starts_ms, plan.starts_ms + plan.duration_ms)),
        ("record.actual", from_to(words, record.began_ms, record.ended_ms)),
        ("record.chairing", words.chairing(record)),
    )
    yield Facts(tuple((words.t(key), value) for key, value in rows if value))
    yield Text(words.zone(), "meta")


def _body(record: Record, words: Words) -> Iterator[Block]:
    captions = Captions(words)
    yield Heading(1, words.t("record.summary"))
    yield from summary(record, words, captions)
    for topic in record.topics:
        yield Heading(1, words.of(topic.plan.title))
        yield from topic_blocks(topic, record, words, captions)
    if any(topic.tags for topic in record.topics):
        yield Heading(1, words.t("record.tag_index"))
        yield tag_index(record, words, captions)
    yield Heading(1, words.t("record.how"))
    yield Text(words.t("record.how_time"))
    yield Text(words.t("record.how_people"))
    if {"academia", "technical_community"} <= record.plan.groups.keys():
        yield Text(words.t("record.counted_apart" if "academia" in record.groups else "record.counted_igf"))
