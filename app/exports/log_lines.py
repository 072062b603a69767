"""The event log as lines of JSON, for the organiser: acts that were taken back are in it, and names that were hidden.

It is never public. Of somebody who took out their data nothing personal is in it, and of nobody their gender or
region: those are for the record's counts alone.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO

import orjson

from app.entries import Entry
from app.wire import actor_text, event_data, event_name

COUNTED_ALONE = ("gender", "region")


def write_log(entries: Iterable[Entry], out: BinaryIO) -> int:
    """Every event on a line of its own, in order; how many there are."""
    count = 0
    for count, entry in enumerate(entries, start=1):  # noqa: B007 - how many is known at the end
        line = {
            "seq": entry.seq,
            "at_ms": entry.event.at_ms,
            "actor": actor_text(entry.actor),
            "command_id": entry.command_id,
            "name": event_name(entry.event),
            "data": _data(entry),
        }
        out.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    return count


def _data(entry: Entry) -> dict[str, Any]:
    data = event_data(entry.event)
    if isinstance(participant := data.get("participant"), dict):
        data["participant"] = {name: value for name, value in participant.items() if name not in COUNTED_ALONE}
    return data
