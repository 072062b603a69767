"""One simulated attendee: joins, looks at the screen, asks, waits, speaks, or does none of it."""

import asyncio
from collections.abc import Sequence
from typing import Any

from app.client import Client, join
from app.rehearsal.cast import Person
from app.rehearsal.hall import Hall
from app.rehearsal.intents import NEVER, Intent, intent


class Attendee:
    """`attend` is their whole evening."""

    def __init__(self, person: Person, hall: Hall) -> None:
        self._person = person
        self._hall = hall
        self._intents: dict[str, Intent] = {}

    async def attend(self, arrives_s: float, *, until_ended: bool) -> None:
        """Comes in after `arrives_s` simulated seconds; stays after the end as well unless `until_ended`."""
        await asyncio.sleep(arrives_s / self._hall.pace)
        person = self._person
        async with self._hall.doorway:
            joined = await join(
                self._hall.address,
                name=person.name,
                organisation=person.organisation,
                group=person.group,
                where=person.where,
            )
            client = await Client(self._hall.address, cookies=joined.cookies).__aenter__()
        try:
            self._hall.one_more()
            await asyncio.gather(self._ask(client), self._speak(client), self._remember(client))
            if not until_ended:
                await client.until(lambda _: False, timeout_s=None)
        finally:
            await client.close()

    async def _remember(self, client: Client) -> None:
        """What became of what they asked for, as it changes, and as it stands in the end."""
        goes_on = True
        while goes_on:
            seen = client.you
            self._hall.diary.told(self._person, seen)
            goes_on = await self._hall.when(lambda c: c.you is not seen, client)  # noqa: B023
        seen = client.you
        await client.resync()  # what is theirs alone follows the end that all are told of
        await client.until(lambda c: c.you is not seen)
        self._hall.diary.told(self._person, client.you)

    # Asking

    async def _ask(self, client: Client) -> None:
        done: set[str] = set()
        while await self._hall.when(lambda c: _open(c) and c.state["topic"] not in done, client):
            topic = client.state["topic"]
            done.add(topic)
            await self._ask_on(client, topic)

    async def _ask_on(self, client: Client, topic: str) -> None:
        plan = self._intent(client, topic)
        described = bool(plan.summary) and plan.says_what_about_later
        summary = {"summary": plan.summary} if plan.summary and not described else {}
        acts: list[tuple[float, str, dict[str, Any]]] = [
            (plan.asks_s, "request_floor", {"kind": "intervention", **summary}),
            (plan.asks_s + 15 if described else NEVER, "describe_request", {"summary": plan.summary}),
            (plan.steps_back_s, "step_back", {}),
            (plan.withdraws_s, "withdraw", {}),
            (plan.point_of_order_s, "request_floor", {"kind": "point_of_order"}),
            (plan.replies_s, "request_floor", {"kind": "right_of_reply"}),
        ]
        now_s = 0.0
        for at_s, do, details in sorted((act for act in acts if act[0] < NEVER), key=lambda act: act[0]):
            if await self._hall.unless(lambda c: c.state.get("topic") != topic, client, at_s - now_s):
                return
            now_s = at_s
            await self._act(client, topic, do, details)

    async def _act(self, client: Client, topic: str, do: str, details: dict[str, Any]) -> None:
        """Only what their screen would offer them at this moment."""
        if do == "request_floor":
            running = client.state["session"]["status"] == "running"
            if running and (_open(client) or details["kind"] != "intervention"):
                await self._hall.ask(client, do, **details)
        elif waiting := _own(client, "waiting", topic):
            await self._hall.ask(client, do, request=waiting, **details)

    def _intent(self, client: Client, topic: str) -> Intent:
        if topic not in self._intents:
            questions = _questions(client)
            self._intents[topic] = intent(
                self._person,
                topic,
                question=questions.index(topic) if topic in questions else 0,
                topic_s=client.state["topics"][topic]["planned_ms"] / 1000,
                crowd=self._hall.attendees,
                seed=self._hall.seed,
            )
        return self._intents[topic]

    # Speaking

    async def _speak(self, client: Client) -> None:
        while await self._hall.when(lambda c: bool(_own(c, "speaking")), client):
            request = _own(client, "speaking")
            mine = client.you["requests"][request]
            plan = self._intent(client, mine["topic"])
            if mine.get("passed_over", 0) < plan.misses_calls and mine["kind"] == "intervention":
                self._hall.absent.add(request)
                await self._hall.when(lambda c: not _holds(c, request), client)  # noqa: B023
                self._hall.absent.discard(request)
                continue
            share = plan.speaks_share if mine["kind"] == "intervention" else 0.3
            await self._speak_for(client, request, share)
            ended = client.you.get("ended", {})
            if ended.get("request") == request and ended["status"] == "spoken" and mine["kind"] != "point_of_order":
                self._hall.spoken += 1

    async def _speak_for(self, client: Client, request: str, share: float) -> None:
        """Until the share of the speaking time is used, or somebody else ends it. Interrupted, they wait."""
        while _holds(client, request) and not self._hall.over(client):
            floor = client.state.get("floor", {})
            if _own(client, "speaking") != request or floor.get("request") != request:
                seen = client.state
                await self._hall.when(lambda c: c.state is not seen or not _holds(c, request), client)  # noqa: B023
                continue
            timer = floor["timer"]
            left_s = share * timer["allotted_ms"] / 1000 - self._hall.lived_s(client, timer)
            if not await self._hall.unless(lambda c: c.state.get("floor") != floor, client, left_s):  # noqa: B023
                await self._hall.ask(client, "conclude")
                await self._hall.unless(lambda c: not _holds(c, request), client, 5 * self._hall.pace)


def _open(client: Client) -> bool:
    state = client.state
    topic = state["topics"].get(state.get("topic"))
    return bool(topic and topic["list"] == "open" and state["session"]["status"] == "running")


def _questions(client: Client) -> Sequence[str]:
    topics = client.state["topics"]
    return sorted((id_ for id_ in topics if topics[id_]["kind"] == "topic"), key=lambda id_: topics[id_]["place"])


def _own(client: Client, status: str, topic: str | None = None) -> str:
    """The id of one's own request with this status; empty if there is none."""
    for request, own in client.you.get("requests", {}).items():
        if own["status"] == status and topic in (None, own["topic"]):
            return str(request)
    return ""


def _holds(client: Client, request: str) -> bool:
    own = client.you.get("requests", {}).get(request, {})
    return own.get("status") in ("speaking", "interrupted")
