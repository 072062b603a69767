"""The record as one JSON object, by the schema in docs/record.schema.json.

Nothing in it is null: what is not there is absent. Instants are ISO 8601 in the session's time zone, to the
millisecond; lengths are integers in milliseconds (`_ms`).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

import orjson

from app.floor.notes import Note
from app.floor.record import NotHeard, Person, Record, Share, Spoken, TopicRecord
from app.floor.timeline import Stretch

SCHEMA = "open-floor-record/1"
"""Another number where a reader of the one before would misread it; what is only added leaves it as it is."""


def write_json(record: Record, out: BinaryIO) -> None:
    out.write(orjson.dumps(_File(record).content(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


class _File:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._zone = ZoneInfo(record.plan.time_zone)
        self._numbers = {one.request: one.number for one in record.spoken}

    def content(self) -> dict[str, Any]:
        record = self._record
        return {
            "schema": SCHEMA,
            "status": "published" if record.published_ms else "draft",
            "edition": record.edition,
            **self._when(published=record.published_ms or None, as_of=record.as_of_ms),
            "session": self._session(),
            "groups": [self._group(group) for group in record.groups],
            "topics": [self._topic(topic) for topic in record.topics],
            "timeline": [self._stretch(one) for one in record.timeline],
            "balance": {
                asked: {answer or "not_stated": _counted(share) for answer, share in answers.items()}
                for asked, answers in record.balance.items()
            },
            "erased": record.erased,
        }

    def _session(self) -> dict[str, Any]:
        record, plan = self._record, self._record.plan
        return {
            "id": plan.id,
            "title": dict(plan.title),
            "place": dict(plan.place),
            "time_zone": plan.time_zone,
            "contact": plan.contact,
            "status": record.status,
            "planned_ms": plan.duration_ms,
            **self._when(due=plan.starts_ms or None, began=record.began_ms, ended=record.ended_ms),
            **_spent(record),
            "people_heard": record.people_heard,
            "groups_heard": record.groups_heard,
            "chairing": [{"role": one.role, "name": one.id} for one in record.chairing],
        }

    def _group(self, group: str) -> dict[str, Any]:
        record = self._record
        return {
            "id": group,
            "name": dict(record.plan.groups[group]),
            "stands_for": list(record.groups[group]),
            "joined": record.joined[group],
            "share": _share(record.shares[group]),
        }

    def _topic(self, topic: TopicRecord) -> dict[str, Any]:
        plan = topic.plan
        return {
            "id": plan.id,
            "kind": plan.kind,
            "title": dict(plan.title),
            "question": dict(plan.question),
            "planned_ms": plan.planned_ms,
            "added_ms": topic.added_ms,
            **self._when(began=topic.began_ms, ended=topic.ended_ms),
            **_spent(topic),
            "spoken": [self._spoken(one) for one in topic.spoken],
            "not_heard": [self._not_heard(one) for one in topic.not_heard],
            "withdrawn": topic.withdrawn,
            "shares": {group: _share(share) for group, share in topic.shares.items()},
            "notes": self._notes(topic.notes),
            "tags": {tag: list(numbers) for tag, numbers in topic.tags.items()},
        }

    def _spoken(self, one: Spoken) -> dict[str, Any]:
        return {
            "number": one.number,
            "kind": one.kind,
            **_person(one.person),
            **self._when(began=one.began_ms, ended=one.ended_ms),
            "allotted_ms": one.allotted_ms,
            "spent_ms": one.spent_ms,
            "over_ms": one.over_ms,
            "summary": one.summary,
            "notes": self._notes(one.notes),
            "tags": list(one.tags),
        }

    def _not_heard(self, one: NotHeard) -> dict[str, Any]:
        return {
            "kind": one.kind,
            **_person(one.person),
            "outcome": one.outcome,
            **self._when(asked=one.asked_ms),
            "waited_ms": one.waited_ms,
            "summary": one.summary,
        }

    def _notes(self, notes: Iterable[Note]) -> list[dict[str, Any]]:
        """Not by whom: the names of keys are the secretariat's own."""
        return [{"kind": note.kind, "text": note.text, **self._when(at=note.at_ms)} for note in notes]

    def _stretch(self, one: Stretch) -> dict[str, Any]:
        number = {"number": self._numbers[one.request]} if one.request else {}
        bounds = {"from": self._instant(one.from_ms), "to": self._instant(one.to_ms)}
        return {"topic": one.topic, "spent": one.spent, **number, **bounds, "length_ms": one.length_ms}

    def _when(self, **instants: int | None) -> dict[str, str]:
        return {name: self._instant(at_ms) for name, at_ms in instants.items() if at_ms is not None}

    def _instant(self, at_ms: int) -> str:
        return datetime.fromtimestamp(at_ms / 1000, self._zone).isoformat(timespec="milliseconds")


def _spent(of: Record | TopicRecord) -> dict[str, int]:
    return {
        "elapsed_ms": of.elapsed_ms,
        "spoken_ms": of.spoken_ms,
        "paused_ms": of.paused_ms,
        "silent_ms": of.silent_ms,
    }


def _person(person: Person) -> Mapping[str, str]:
    return {
        "name": person.name,
        "organisation": person.organisation,
        "group": person.group,
        "where": person.where,
    }


def _share(share: Share) -> dict[str, int]:
    return {"count": share.count, "people": share.people, "spent_ms": share.spent_ms}


def _counted(share: Share) -> dict[str, int]:
    """No time: whose it was could be read off the interventions, and with it their gender."""
    return {"count": share.count, "people": share.people}
