"""What the secretariat writes down while people speak: notes, and the tags that things are found by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

NoteKind = Literal["note", "key_point", "quote", "reference"]

Tags = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Topic -> each of its tags -> the requests that have it, both in the order in which they were tagged."""


@dataclass(frozen=True, slots=True)
class Note:
    """On one intervention (`request`), or on what was said from the chair on a topic (`topic`)."""

    id: str
    request: str
    text: str
    by: str
    """The name of the key of whoever wrote last."""
    at_ms: int
    """When it was begun."""
    topic: str = ""
    kind: NoteKind = "note"
    version: int = 0
    """How often it was changed: who has seen an older one overwrites nothing."""


def tagged(tags: Tags, topic: str, tag: str, request: str) -> Tags:
    of_topic = dict(tags.get(topic, {}))
    requests = of_topic.get(tag, ())
    of_topic[tag] = requests if not request or request in requests else (*requests, request)
    return {**tags, topic: of_topic}


def untagged(tags: Tags, topic: str, tag: str, request: str) -> Tags:
    of_topic = dict(tags.get(topic, {}))
    requests = of_topic.pop(tag, ())
    if not request:
        return {**tags, topic: of_topic}
    return {**tags, topic: {**tags.get(topic, {}), tag: tuple(other for other in requests if other != request)}}
