"""The part of the report on the session as a whole: its figures, drawn and in tables."""

from collections.abc import Iterator, Mapping

from app.exports.report import Block, Column, Facts, Heading, Table, Text
from app.exports.report_captions import Captions
from app.exports.report_charts import bars_by_group, bars_by_topic, described, timeline_chart
from app.floor.record import Record, Share, TopicRecord
from app.record_words import Words


def summary(record: Record, words: Words, captions: Captions) -> Iterator[Block]:
    yield _facts(record, words)
    if record.erased:
        yield Text(words.t("record.erased", count=record.erased))
    if record.began_ms is not None and record.timeline:
        values = {
            "from": words.clock_minutes(record.began_ms),
            "to": words.clock_minutes(record.as_of_ms),
            "topics": sum(topic.began_ms is not None for topic in record.topics),
            "interventions": len(record.spoken),
        }
        alt = words.t("record.timeline_desc", **values)
        yield captions.figure("record.timeline", timeline_chart(record, words), alt)
        yield Text(words.t("record.timeline_what"), "meta")
    yield _by_topic(record, words, captions)
    yield Heading(2, words.t("record.by_group"))
    yield from _by_group(record, words, captions)
    if record.balance:
        yield Heading(2, words.t("record.balance"))
        yield Text(words.t("record.balance_what"))
    for asked, answers in record.balance.items():
        yield _balance(words.t(f"record.{asked}"), answers, words, captions)


def _facts(record: Record, words: Words) -> Facts:
    groups = {"part": record.groups_heard, "whole": len(record.groups)}
    rows = (
        ("record.interventions", str(sum(len(topic.interventions) for topic in record.topics))),
        ("record.replies", str(sum(len(topic.replies) for topic in record.topics))),
        ("record.points_of_order", str(sum(len(topic.points_of_order) for topic in record.topics))),
        ("record.people_heard", str(record.people_heard)),
        ("record.groups_heard", words.t("record.part_of", **groups)),
        ("record.took_part", str(sum(record.joined.values()))),
        ("record.not_heard", str(sum(len(topic.not_heard) for topic in record.topics))),
        ("record.withdrawn", str(sum(topic.withdrawn for topic in record.topics))),
        ("record.elapsed", words.length(record.elapsed_ms)),
        ("record.spoken", words.length(record.spoken_ms)),
        ("record.paused", words.length(record.paused_ms)),
        ("record.silent", words.length(record.silent_ms)),
    )
    return Facts(tuple((words.t(key), value) for key, value in rows))


def _heard(record: Record) -> int:
    return sum(share.count for share in record.shares.values())


def _by_topic(record: Record, words: Words, captions: Captions) -> Table:
    titles = ("planned", "added", "elapsed", "spoken", "paused", "silent")

    def row(title: str, planned_ms: int, added_ms: int, of: Record | TopicRecord) -> tuple[str, ...]:
        lengths = (planned_ms, added_ms, of.elapsed_ms, of.spoken_ms, of.paused_ms, of.silent_ms)
        return (title, *(words.length(one) for one in lengths))

    added_ms = sum(topic.added_ms for topic in record.topics)
    return captions.table(
        words.t("record.by_topic"),
        (captions.column("record.topic", 3), *(captions.number(f"record.{one}") for one in titles)),
        tuple(row(words.of(one.plan.title), one.plan.planned_ms, one.added_ms, one) for one in record.topics),
        row(words.t("record.total"), record.plan.duration_ms, added_ms, record),
    )


def _by_group(record: Record, words: Words, captions: Captions) -> Iterator[Block]:
    yield _shares(record.shares, words, captions)
    if not _heard(record):
        return
    for key, chart in (
        ("record.time_by_group", bars_by_group(record, words, of_time=True)),
        ("record.count_by_group", bars_by_group(record, words, of_time=False)),
        ("record.time_by_topic", bars_by_topic(record, words)),
    ):
        yield captions.figure(key, chart, words.t("record.bars_desc", bars=described(chart, words)))


def _shares(shares: Mapping[str, Share], words: Words, captions: Captions) -> Table:
    spent_ms = sum(share.spent_ms for share in shares.values())

    def row(title: str, share: Share) -> tuple[str, ...]:
        counted = (str(share.count), str(share.people), words.length(share.spent_ms))
        return (title, *counted, words.percent(share.spent_ms, spent_ms))

    count, people = (sum(getattr(one, name) for one in shares.values()) for name in ("count", "people"))
    titles = ("record.count", "record.people", "record.time", "record.share")
    return captions.table(
        words.t("record.by_group"),
        (captions.column("record.group", 3), *(captions.number(title, 2) for title in titles)),
        tuple(row(words.group(group), share) for group, share in shares.items()),
        row(words.t("record.total"), Share(count, spent_ms, people)),
    )


def _balance(asked: str, answers: Mapping[str, Share], words: Words, captions: Captions) -> Table:
    """No times: whose they were could be read off the interventions."""
    columns = (Column(asked, 3), captions.number("record.count", 2), captions.number("record.people"))
    rows = ((words.answer(answer), str(one.count), str(one.people)) for answer, one in answers.items())
    return captions.table(asked, columns, tuple(rows))
