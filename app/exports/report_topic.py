"""The part of the report on one topic: who spoke, who was not heard, and what was noted."""

from collections.abc import Iterable, Iterator, Mapping

from app.exports.report import Block, Facts, Heading, Style, Table, Text
from app.exports.report_captions import SHORT, Captions, from_to, isolated
from app.floor.notes import Note, NoteKind
from app.floor.record import NotHeard, Record, Spoken, TopicRecord
from app.record_words import NOTE_KINDS, Words

_NOTE_STYLES: Mapping[NoteKind, Style] = {
    "key_point": "bullet",
    "quote": "quote",
    "reference": "bullet",
    "note": "body",
}


def topic_blocks(topic: TopicRecord, record: Record, words: Words, captions: Captions) -> Iterator[Block]:
    title = words.of(topic.plan.title)
    if question := words.of(topic.plan.question):
        yield Text(question, "lead")
    rows = (
        ("record.planned", words.length(topic.plan.planned_ms)),
        ("record.actual", from_to(words, topic.began_ms, topic.ended_ms)),
        ("record.elapsed", words.length(topic.elapsed_ms)),
    )
    yield Facts(tuple((words.t(key), value) for key, value in rows))
    if topic.tags:
        yield _tags(topic.tags, words)
    if topic.notes:
        yield Heading(2, words.t("record.from_the_chair"))
        yield from _notes(topic.notes, 3, words)
    if topic.interventions:
        yield Heading(2, words.t("record.interventions"))
        yield _said(topic.interventions, captions.of("record.interventions", title), words, captions)
    else:
        yield Text(words.t("record.nobody_spoke"))
    if others := [one for one in topic.spoken if one.kind != "intervention"]:
        yield _others(others, captions.of("record.order_and_replies", title), words, captions)
    if topic.not_heard:
        yield _not_heard(topic, record, words, captions)
    if topic.withdrawn:
        yield Text(words.t("record.withdrew", count=topic.withdrawn))
    told = [one for one in topic.spoken if one.notes or one.summary or one.tags]
    if told:
        yield Heading(2, words.t("record.notes"))
    for one in told:
        yield from _told(one, words)


def tag_index(record: Record, words: Words, captions: Captions) -> Table:
    columns = (
        captions.typed("record.tag"),
        captions.column("record.topic", 4),
        captions.column("record.interventions", 3),
    )
    rows = (
        (tag, words.of(topic.plan.title), words.listed(map(str, numbers)) or words.t("record.tag_untouched"))
        for topic in record.topics
        for tag, numbers in topic.tags.items()
    )
    return captions.table(words.t("record.tag_index"), columns, tuple(rows))


def _said(said: Iterable[Spoken], caption: str, words: Words, captions: Captions) -> Table:
    columns = (
        *(captions.number("record.number", 1.4), captions.column("record.start", 1.7)),
        *(captions.typed("record.name"), captions.typed("record.organisation")),
        *(captions.column("record.group", 3.1), captions.column("record.where", 1.8)),
        *(captions.number("record.length", 1.9), captions.number("record.over", 1.9)),
    )
    rows = (
        (
            *(str(one.number), words.clock(one.began_ms)),
            *(words.who(one.person), one.person.organisation, words.group(one.person.group)),
            *(words.where(one.person), words.length(one.spent_ms), _over(one, words)),
        )
        for one in said
    )
    return captions.table(caption, columns, tuple(rows))


def _others(said: Iterable[Spoken], caption: str, words: Words, captions: Captions) -> Table:
    """Replies and points of order, which say what they are."""
    columns = (
        *(captions.number("record.number", 1.4), captions.column("record.start", 1.7)),
        captions.column("record.kind", 2.2),
        *(captions.typed("record.name"), captions.typed("record.organisation")),
        *(captions.column("record.group", 2.8), captions.number("record.length", 1.9)),
    )
    rows = (
        (
            *(str(one.number), words.clock(one.began_ms), words.t(f"kind.{one.kind}")),
            *(words.who(one.person), one.person.organisation, words.group(one.person.group)),
            words.length(one.spent_ms),
        )
        for one in said
    )
    return captions.table(caption, columns, tuple(rows))


def _not_heard(topic: TopicRecord, record: Record, words: Words, captions: Captions) -> Table:
    columns = (
        *(captions.typed("record.name"), captions.typed("record.organisation")),
        *(captions.column("record.group", 2.8), captions.column("record.asked", 1.7)),
        *(captions.number("record.waited", SHORT), captions.column("record.why", 3)),
    )

    def row(one: NotHeard) -> tuple[str, ...]:
        person = (words.who(one.person), one.person.organisation, words.group(one.person.group))
        return (*person, words.clock(one.asked_ms), words.length(one.waited_ms), words.why(one, record))

    caption = captions.of("record.not_heard", words.of(topic.plan.title))
    return captions.table(caption, columns, tuple(row(one) for one in topic.not_heard))


def _over(one: Spoken, words: Words) -> str:
    over = words.length(one.over_ms)
    return over if over != words.length(0) else ""


def _told(one: Spoken, words: Words) -> Iterator[Block]:
    """What was noted on an intervention, under the name of who spoke."""
    person = one.person
    who = words.listed(isolated(text) for text in (words.who(person), person.organisation) if text)
    yield Heading(3, f"{one.number}. {who}")
    kind = () if one.kind == "intervention" else (words.t(f"kind.{one.kind}"),)
    facts = (*kind, words.group(person.group), words.where(person), words.clock(one.began_ms))
    yield Text(" · ".join((*facts, words.length(one.spent_ms))), "meta")
    if one.summary:
        yield Text(isolated(one.summary), label=words.t("record.about"))
    if one.tags:
        yield _tags(one.tags, words)
    yield from _notes(one.notes, 4, words)


def _tags(tags: Iterable[str], words: Words) -> Text:
    return Text(words.listed(isolated(tag) for tag in tags), label=words.t("record.tags"))


def _notes(notes: Iterable[Note], level: int, words: Words) -> Iterator[Block]:
    for kind, key in NOTE_KINDS.items():
        if texts := [note.text for note in notes if note.kind == kind]:
            yield Heading(level, words.t(key))
            yield from (Text(text, _NOTE_STYLES[kind]) for text in texts)
