"""What all in a rehearsal share: how fast they live, what has come of it so far, and when it is over."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.client import Client, Refused, spent_ms
from app.rehearsal.cast import Person
from app.rehearsal.diary import Diary

Where = Literal["room", "online"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a rehearsal stands."""

    attendees: int
    joined: int
    waiting: int
    """Requests in the list of the current topic, real people's included."""
    speaking: str
    """Who has the floor; empty if nobody. Says so if that person does not answer."""
    spoken: int
    """Interventions of simulated people that have ended, as far as the people themselves have noticed."""
    topic: str
    elapsed_s: float
    """Session time as the simulated people live it: the server's session timer times the pace."""
    refused: Mapping[str, int]
    """How often the server refused what somebody simulated asked for, by reason."""
    ended: bool

    def __str__(self) -> str:
        """One line for a terminal."""
        minutes, seconds = divmod(int(self.elapsed_s), 60)
        parts = [
            f"{minutes}:{seconds:02}",
            self.topic or ("the session has ended" if self.ended else "the session has not begun"),
            self.speaking or "nobody has the floor",
            f"{self.waiting} waiting",
            f"{self.spoken} spoken",
            f"{self.joined} of {self.attendees} joined",
        ]
        if self.refused:
            parts.append("refused: " + ", ".join(f"{reason} {times}" for reason, times in self.refused.items()))
        return " · ".join(parts)


@dataclass(slots=True)
class Hall:
    """Shared by all simulated people of one rehearsal."""

    address: str
    attendees: int
    pace: float
    seed: int
    session: str
    """The session's id: when the server runs another one, this rehearsal is over."""
    diary: Diary = field(default_factory=Diary)
    joined: int = 0
    spoken: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    absent: set[str] = field(default_factory=set)
    """Requests of people who have been given the floor and are not there. In a real room the chair sees that."""
    all_joined: asyncio.Event = field(default_factory=asyncio.Event)
    doorway: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(16))
    """Not all come through the door at the same instant."""

    def one_more(self) -> None:
        """Somebody has come in and sees the session."""
        self.joined += 1
        if self.joined == self.attendees:
            self.all_joined.set()

    def over(self, client: Client) -> bool:
        session = client.state["session"]
        return bool(session["status"] == "ended" or session["id"] != self.session)

    async def unless(self, holds: Callable[[Client], bool], client: Client, seconds: float) -> bool:
        """Lets `seconds` of simulated time pass; at once true if meanwhile `holds(client)` or all is over."""
        try:
            await client.until(lambda c: self.over(c) or holds(c), timeout_s=max(0.0, seconds) / self.pace)
        except TimeoutError:
            return False
        return True

    async def when(self, holds: Callable[[Client], bool], client: Client) -> bool:
        """Waits as long as it takes; false if all is over."""
        await client.until(lambda c: self.over(c) or holds(c), timeout_s=None)
        return not self.over(client)

    async def ask(self, client: Client, do: str, **details: Any) -> bool:
        """One command; whether it was accepted. What is refused is counted."""
        try:
            await client.command(do, **details)
        except Refused as refused:
            self.refused[refused.reason] += 1
            return False
        return True

    async def put_on_the_list(self, client: Client, guest: Person, where: Where) -> str:
        """On behalf of somebody without a phone, from a console; their request, empty if it does not show."""
        before = set(client.state["requests"])
        details = {"name": guest.name, "organisation": guest.organisation, "group": guest.group}
        if not await self.ask(client, "add_request", **details, kind="intervention", where=where):
            return ""

        def new(c: Client) -> str:
            requests = c.state["requests"]
            return next((id_ for id_ in requests if id_ not in before and requests[id_]["name"] == guest.name), "")

        await self.unless(lambda c: bool(new(c)), client, self.pace)
        if request := new(client):
            self.diary.by_hand[request] = replace(guest, where=where)
        return request

    def lived_s(self, client: Client, timer: Mapping[str, int]) -> float:
        """Simulated seconds spent on a timer of the server."""
        return spent_ms(timer, client.now_ms()) * self.pace / 1000

    def progress(self, client: Client) -> Progress:
        state = client.state
        floor = state.get("floor", {}).get("request", "")
        speaker = state["requests"].get(floor, {})
        speaking = f"{speaker['name']}, {speaker['organisation']}" if speaker else ""
        topic = state["topics"].get(state.get("topic"), {})
        return Progress(
            attendees=self.attendees,
            joined=self.joined,
            waiting=len(state["list"]),
            speaking=speaking + (" (does not answer)" if floor in self.absent else ""),
            spoken=self.spoken,
            topic=topic["title"]["en"] if topic else "",
            elapsed_s=self.lived_s(client, state["session"]["timer"]),
            refused=dict(self.refused),
            ended=self.over(client),
        )
