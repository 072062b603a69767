"""The record: what was said in the session, read off the log alone."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from app.entries import Entry
from app.floor.request import Intervention
from app.floor.state import State
from app.wire import actor_text, event_data, event_name

COLUMNS = (
    "topic",
    "kind",
    "name",
    "organisation",
    "group",
    "where",
    "began",
    "ended",
    "speaking_time_s",
    "spent_s",
    "over_s",
    "summary",
)


def write(to: Path, state: State, entries: Sequence[Entry]) -> str:
    """Both files into a folder; what was written, in words."""
    to.mkdir(parents=True, exist_ok=True)
    interventions, log = to / "interventions.csv", to / "log.jsonl"
    with interventions.open("w", encoding="utf-8", newline="") as out:
        count = write_interventions(state, out)
    with log.open("w", encoding="utf-8") as out:
        write_log(entries, out)
    return f"{interventions}: {count} interventions\n{log}: {len(entries)} events"


def write_interventions(state: State, out: TextIO) -> int:
    """The finished interventions in order, as CSV (RFC 4180); how many there are.

    Times are those of the session's time zone, with their offset; lengths are in seconds.
    """
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(state):
        writer.writerow([_guarded(row[column]) for column in COLUMNS])
    return len(state.interventions)


def write_log(entries: Iterable[Entry], out: TextIO) -> None:
    """Every event as one line of JSON, acts that were taken back included."""
    for entry in entries:
        line = {
            "seq": entry.seq,
            "at_ms": entry.event.at_ms,
            "actor": actor_text(entry.actor),
            "command_id": entry.command_id,
            "name": event_name(entry.event),
            "data": event_data(entry.event),
        }
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _rows(state: State) -> Iterator[dict[str, str | float]]:
    titles = {topic.id: topic.title["en"] for topic in state.plan.topics}
    zone = ZoneInfo(state.plan.time_zone)
    for one in state.interventions:
        yield {**_about(state, one, titles), **_times(one, zone)}


def _about(state: State, one: Intervention, titles: dict[str, str]) -> dict[str, str | float]:
    participant = state.participants[one.participant]
    return {
        "topic": titles[one.topic],
        "kind": one.kind,
        "name": participant.name,
        "organisation": participant.organisation,
        "group": participant.group,
        "where": participant.where,
        "summary": state.requests[one.request].summary,
    }


def _times(one: Intervention, zone: ZoneInfo) -> dict[str, str | float]:
    return {
        "began": _instant(one.began_ms, zone),
        "ended": _instant(one.ended_ms, zone),
        "speaking_time_s": one.allotted_ms / 1000,
        "spent_s": one.spent_ms / 1000,
        "over_s": max(0, one.spent_ms - one.allotted_ms) / 1000,
    }


def _instant(at_ms: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at_ms / 1000, zone).isoformat(timespec="milliseconds")


def _guarded(value: str | float) -> str | float:
    """A text that a spreadsheet would take for a formula is marked as a text. Source: OWASP, "CSV Injection"."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value
