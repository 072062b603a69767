"""A simulated note-taker at the secretariat's console: types while people speak, and enters who is online."""

import random
from typing import Any
from uuid import uuid4

from app.client import Client
from app.rehearsal.cast import person
from app.rehearsal.diary import Written
from app.rehearsal.hall import Hall
from app.rehearsal.lines import lines_for

LISTENS_S = 8
"""Before there is something to write down."""
TYPES_FOR_S = 12
ONLINE_HAND_EVERY = 5
"""One in so many interventions brings a raised hand in the video call."""
HANDS = 2_000_000
"""Numbers of people in the video call: far from those who join by themselves, and from the chair's guests."""
KINDS = ("key_point", "key_point", "note", "quote", "reference")
TAGS = ("access", "capacity", "AI", "data", "financing", "inclusion", "cooperation")


class Secretary:
    """`write` is the whole session. Several may write at once: each has a `number`."""

    def __init__(self, hall: Hall, client: Client, number: int) -> None:
        self._hall = hall
        self._client = client
        self._number = number
        self._chance = random.Random(f"secretary {hall.seed} {number}")  # noqa: S311 - it must repeat
        self._hands = 0

    async def write(self) -> None:
        listened: set[str] = set()
        topics: set[str] = set()
        while await self._hall.when(
            lambda c: self._heard(c) not in listened or self._opened(c) not in topics, self._client
        ):
            topic, request = self._opened(self._client), self._heard(self._client)
            if topic not in topics:
                topics.add(topic)
                await self._note("The chair opened the topic and thanked those who had prepared it.", topic=topic)
            if request and request not in listened:
                listened.add(request)
                await self._listen(topic, request)
            listened.add("")

    @staticmethod
    def _heard(client: Client) -> str:
        return str(client.state.get("floor", {}).get("request", ""))

    @staticmethod
    def _opened(client: Client) -> str:
        return str(client.state.get("topic", ""))

    async def _listen(self, topic: str, request: str) -> None:
        if await self._hall.unless(lambda c: self._heard(c) != request, self._client, LISTENS_S):
            return
        about = self._client.state["requests"].get(request, {}).get("summary") or self._chance.choice(
            lines_for(self._client.state["topics"][topic]["place"] - 1)
        )
        await self._note(f"{about} (noted by {self._number})", request=request)
        tag = self._chance.choice(TAGS)
        if await self._hall.ask(self._client, "add_tag", topic=topic, tag=tag, request=request):
            self._hall.diary.tags.add((request, tag))
        if self._chance.random() < 1 / ONLINE_HAND_EVERY:
            await self._enter_a_hand()

    async def _note(self, text: str, **about: str) -> None:
        """Typed in three goes, each saved as the last one was."""
        note, kind = f"n-{uuid4()}", self._chance.choice(KINDS)
        ends = [len(text) * part // 3 for part in (1, 2, 3)]
        for version, end in enumerate(ends, start=-1):
            so_far = text[:end].strip()
            details: dict[str, Any] = {"note": note, "text": so_far, "kind": kind}
            details |= about if version < 0 else {"version": version}
            if not await self._hall.ask(self._client, "add_note" if version < 0 else "edit_note", **details):
                return
            self._hall.diary.written[note] = Written(kind, so_far, **about)
            await self._hall.unless(lambda _: False, self._client, TYPES_FOR_S / len(ends))

    async def _enter_a_hand(self) -> None:
        """Somebody in the video call wishes to speak: into the same list as everybody."""
        guest = person(HANDS + 1000 * self._number + self._hands, self._hall.seed)
        self._hands += 1
        await self._hall.put_on_the_list(self._client, guest, where="online")
