"""Commands that are not answered yet, by id: what a reconnect repeats."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.client.errors import Refused


@dataclass(frozen=True, slots=True)
class Accepted:
    """The command is durable; the patch that shows it is at `seq` or later."""

    id: str
    seq: int


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A command as it goes over the wire, and who waits for its answer."""

    frame: str
    answer: asyncio.Future[Accepted]


class Outbox:
    """Knows nothing of sockets."""

    def __init__(self) -> None:
        self._by_id: dict[str, Unanswered] = {}

    def frames(self) -> list[str]:
        """All that is unanswered, oldest first."""
        return [asked.frame for asked in self._by_id.values()]

    def put(self, command_id: str, do: str, details: Mapping[str, Any]) -> Unanswered:
        frame = json.dumps({"type": "command", "id": command_id, "do": do, "with": details}, ensure_ascii=False)
        asked = Unanswered(frame, asyncio.get_running_loop().create_future())
        self._by_id[command_id] = asked
        return asked

    def answered(self, message: Mapping[str, Any]) -> None:
        """An `accepted` or `refused` came. One that nobody waits for is a second answer, and ignored."""
        asked = self._by_id.pop(message["id"], None)
        if asked is None or asked.answer.done():
            return
        if message["type"] == "accepted":
            asked.answer.set_result(Accepted(message["id"], message["seq"]))
        else:
            asked.answer.set_exception(Refused(message["reason"], message.get("message", "")))

    def forget(self, command_id: str, asked: Unanswered) -> None:
        """Nobody waits for it any more."""
        if self._by_id.get(command_id) is asked:
            del self._by_id[command_id]

    def fail(self, error: BaseException) -> None:
        """Everyone who waits gets `error`; nothing is left to repeat."""
        for asked in self._by_id.values():
            if not asked.answer.done():
                asked.answer.set_exception(error)
        self._by_id.clear()
