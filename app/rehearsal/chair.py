"""A simulated chair, so that a session also runs unattended: keeps to the plan, follows the console's suggestion.

Planned times are divided by the pace, since the server's timers go on in real time.
"""

import asyncio
import random
from typing import Any

from app.client import Client
from app.rehearsal.cast import person
from app.rehearsal.hall import Hall

WAITS_FOR_ARRIVALS_S = 120
THANKS_S = 5
CALLS_AGAIN_AFTER_S = 12
TOLERATES_SHARE = 1.3
"""Of the speaking time; then the chair ends the intervention."""
TOO_LATE_TO_BEGIN_S = 30
SHORTER_MS = 90_000
INVITED = 1_000_000
"""Numbers of people put on the list by hand: far from those who join by themselves."""


class Chair:
    """`preside` is the whole session, from wherever it now stands."""

    def __init__(self, hall: Hall, client: Client) -> None:
        self._hall = hall
        self._client = client
        self._chance = random.Random(f"chair {hall.seed}")  # noqa: S311 - it must repeat
        self._invited: dict[str, float] = {}
        """Requests put on the list by hand, and the share of the speaking time they use: no phone ends those."""
        self._invited_so_far = 0

    async def preside(self) -> None:
        if self._state["session"]["status"] == "waiting":
            try:
                async with asyncio.timeout(max(20, WAITS_FOR_ARRIVALS_S / self._hall.pace)):
                    await self._hall.all_joined.wait()
            except TimeoutError:
                pass  # it begins with those who are there
            await self._do("start_session")
            await self._client.until(lambda c: c.state["session"]["status"] != "waiting")
        topics = self._state["topics"]
        order = sorted(topics, key=lambda id_: topics[id_]["place"])
        at = order.index(self._state["topic"]) if "topic" in self._state else 0
        due_s = sum(topics[topic]["planned_ms"] for topic in order[:at]) / 1000
        for topic in order[at:]:
            due_s += topics[topic]["planned_ms"] / 1000
            await self._lead(topic, due_s)
        await self._do("end_session")

    @property
    def _state(self) -> dict[str, Any]:
        return self._client.state

    def _left_s(self, due_s: float) -> float:
        """Simulated seconds until the session should be past this topic; what ran over before counts against it."""
        return due_s - self._hall.lived_s(self._client, self._state["session"]["timer"])

    async def _do(self, do: str, **details: Any) -> None:
        if not await self._hall.ask(self._client, do, **details):
            seen = self._state  # somebody was faster: look again before the next act
            await self._hall.unless(lambda c: c.state is not seen, self._client, self._hall.pace)

    async def _lead(self, topic: str, due_s: float) -> None:
        if self._hall.over(self._client):
            return
        if self._state.get("topic") != topic:
            await self._do("open_topic", topic=topic)
        kind = self._state["topics"][topic]["kind"]
        if kind == "opening":
            await self._invite()
        elif kind == "topic":
            await self._invite()
            await self._do("set_order", order="balanced" if self._chance.random() < 0.5 else "as_requested")
            await self._slip()
        while not self._hall.over(self._client) and (self._left_s(due_s) > 0 or "floor" in self._state):
            await self._step(topic, due_s)

    async def _step(self, topic: str, due_s: float) -> None:
        """Whatever the chair would do next, once."""
        state, left_s = self._state, self._left_s(due_s)
        floor = state.get("floor", {}).get("request")
        if state["session"]["status"] != "running":
            await self._hall.when(lambda c: c.state["session"]["status"] == "running", self._client)
        elif (point := self._point_of_order()) is not None:
            await self._do("give_floor", request=point, after=floor)
        elif floor is not None:
            await self._listen(floor)
        elif state["list"] and left_s > TOO_LATE_TO_BEGIN_S:
            await self._keep_time(topic, left_s)
            if not await self._hall.unless(lambda c: "floor" in c.state, self._client, THANKS_S):
                await self._give_next()
        else:
            holds_s = max(1.0, left_s)
            await self._hall.unless(
                lambda c: "floor" in c.state or (bool(c.state["list"]) and left_s > TOO_LATE_TO_BEGIN_S),
                self._client,
                holds_s,
            )

    async def _give_next(self) -> None:
        waiting = self._state["list"]
        if waiting:
            request = self._state.get("suggestion", {}).get("request", waiting[0])
            await self._do("give_floor", request=request, after=None)

    def _point_of_order(self) -> str | None:
        """The one that waits, unless another has the floor already."""
        state = self._state
        kinds = {id_: request["kind"] for id_, request in state["requests"].items()}
        if "interrupted" in state.get("floor", {}):
            return None
        return next((id_ for id_ in state["list"] if kinds.get(id_) == "point_of_order"), None)

    async def _listen(self, request: str) -> None:
        """Until the floor changes, or the chair has had enough."""

        def changed(client: Client) -> bool:
            floor = client.state.get("floor", {})
            return floor.get("request") != request or self._point_of_order() is not None

        if await self._hall.unless(changed, self._client, CALLS_AGAIN_AFTER_S) or changed(self._client):
            return  # it may have changed at the very moment in which the patience ended
        if request in self._hall.absent:
            await self._do("pass_over", request=request)
            return
        timer = self._state["floor"]["timer"]
        enough_s = self._invited.get(request, TOLERATES_SHARE) * timer["allotted_ms"] / 1000
        left_s = enough_s - self._hall.lived_s(self._client, timer)
        if not await self._hall.unless(changed, self._client, left_s):
            await self._do("end_intervention", request=request)
            self._hall.spoken += request in self._invited

    async def _invite(self) -> None:
        """Somebody with no phone, or in the video call only: put on the list by hand."""
        guest = person(INVITED + self._invited_so_far, self._hall.seed)
        self._invited_so_far += 1
        if request := await self._hall.put_on_the_list(self._client, guest, guest.where):
            self._invited[request] = self._chance.uniform(0.6, 1.1)

    async def _slip(self) -> None:
        """Once in a while a wrong key, taken back at once."""
        if self._chance.random() < 0.5:
            await self._do("set_order", order="new_voices")
            await self._hall.unless(lambda _: False, self._client, 2)
            await self._do("undo")

    async def _keep_time(self, topic: str, left_s: float) -> None:
        """Too many for the time that is left: first shorter interventions, later a closed list."""
        state = self._state
        planned_s = state["topics"][topic]["planned_ms"] / 1000
        needed_s = state.get("forecast", {}).get("needed_ms", 0) / 1000
        if needed_s <= left_s or state["topics"][topic]["kind"] != "topic":
            return
        if left_s < 0.65 * planned_s and state["session"]["speaking_time_ms"] > SHORTER_MS:
            await self._do("set_speaking_time", limit_ms=SHORTER_MS)
        elif left_s < 0.4 * planned_s and state["topics"][topic]["list"] == "open":
            await self._do("close_list", topic=topic)
            await self._do("announce", text="The list of speakers on this topic is closed.")
