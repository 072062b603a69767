"""The one writer: decide, append, apply, publish. What changes the session comes through here, one batch at a time."""

import asyncio
import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy.exc import SQLAlchemyError

from app.answers import Accepted, Answer, RefusedFor
from app.clock import NowMs
from app.entries import Entry, folded
from app.faults import in_words
from app.floor.commands import Command, PlanSession
from app.floor.errors import Refused
from app.floor.fold import enact
from app.floor.people import SERVER, Actor
from app.floor.plan import Plan
from app.floor.rules import decide
from app.floor.state import EMPTY, State
from app.measures import Measures
from app.publisher import Publisher
from app.store import CommandKey, Conflict, Store
from app.wire import actor_text, command_name

log = logging.getLogger(__name__)

MOST_IN_BATCH = 100
"""So many commands share one transaction: deciding more would keep the event loop from the sockets."""
MOST_RACES = 50
"""So often may another process append first before something else must be wrong."""
SLOW_COMMIT_S = 0.25
"""People notice: the log tells of each that took longer."""

STRANGER = actor_text(Actor("attendee"))
"""Somebody who has not joined: what they are answered is not kept, or anybody could fill the memory."""

UNAVAILABLE = RefusedFor("unavailable")
"""Nothing could be saved, so nothing has changed. Not kept: the same command may be sent again."""


@dataclass(slots=True)
class _Asked:
    command: Command
    actor: Actor
    command_id: str
    answer: asyncio.Future[Answer]

    @property
    def key(self) -> CommandKey:
        return actor_text(self.actor), self.command_id


class _Draft:
    """What a batch of commands would lead to; nothing of it is true yet."""

    def __init__(self, state: State, seq: int) -> None:
        self.state = state
        self.seq = seq
        self.entries: list[Entry] = []
        self.answers: dict[CommandKey, Answer] = {}

    def take(self, asked: _Asked, now_ms: int) -> None:
        try:
            events = decide(self.state, asked.command, asked.actor, now_ms)
            state = enact(self.state, events, asked.actor)
        except Refused as refused:
            self.answers[asked.key] = RefusedFor(refused.code, refused.values_by_name)
            return
        for event in events:
            self.seq += 1
            self.entries.append(Entry(self.seq, asked.actor, asked.command_id, event))
        self.state = state
        self.answers[asked.key] = Accepted(self.seq)


class Room:
    """Holds the session's state. `handle` asks for a change; screens are told by the publisher."""

    def __init__(self, store: Store, now_ms: NowMs) -> None:
        """Folds the log that the store holds. Raises Damaged where that can't be done."""
        self.state, self.seq = EMPTY, 0
        self.measures = Measures()
        self.publisher: Publisher | None = None
        self._store = store
        self._now_ms = now_ms
        self._answers = store.answers()
        self._asked: asyncio.Queue[_Asked] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._turn = asyncio.Lock()
        """Whoever changes the state has it."""
        self._take_in(store.load())

    def lay_down(self, plan: Plan) -> None:
        """Takes in the session file, before anything runs. Raises PlanConflict, and then nothing has changed."""
        events = decide(self.state, PlanSession(plan), SERVER, self._now_ms())
        command_id = str(uuid4())
        entries = [Entry(self.seq + place, SERVER, command_id, event) for place, event in enumerate(events, start=1)]
        self._store.append(entries, {})
        self._take_in(entries)

    async def run(self) -> None:
        """Works until it is cancelled. A fault of one batch is answered and logged, and never stops the next."""
        while True:
            batch = [await self._asked.get()]
            while not self._asked.empty() and len(batch) < MOST_IN_BATCH:
                batch.append(self._asked.get_nowait())
            try:
                async with self._turn:
                    await self._do(batch)
            except SQLAlchemyError as error:
                log.error("nothing can be saved", extra={"cause": in_words(error), "commands": len(batch)})
                _answer_all(batch, UNAVAILABLE)
            except Exception:
                log.exception("a batch of %d commands failed", len(batch))
                _answer_all(batch, UNAVAILABLE)

    async def handle(self, command: Command, actor: Actor, command_id: str) -> Answer:
        """Asks for a change; answers once it is durable, or refused. The same id of the same actor is done once."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked.put_nowait(_Asked(command, actor, command_id, answer))
        answered = await answer
        self.measures.answered(command_name(command), answered)
        return answered

    async def keep_up(self) -> None:
        """Takes in what another process has appended, if anything. Raises one of `faults.FAULTS`."""
        newest = await asyncio.get_running_loop().run_in_executor(self._thread, self._store.newest_seq)
        if newest > self.seq:
            async with self._turn:
                await self._catch_up()

    @property
    def waiting(self) -> int:
        """How many commands have not been decided yet."""
        return self._asked.qsize()

    def close(self) -> None:
        self._thread.shutdown()

    async def _do(self, batch: Sequence[_Asked]) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(MOST_RACES):
            draft = self._drafted(batch)
            kept = {key: answer for key, answer in draft.answers.items() if key[0] != STRANGER}
            try:
                began_s = time.perf_counter()
                await loop.run_in_executor(self._thread, self._store.append, draft.entries, kept)
            except Conflict:
                await self._catch_up()
                continue
            self._measure(len(batch), time.perf_counter() - began_s)
            self._answers |= kept
            if draft.entries:
                self.state, self.seq = draft.state, draft.seq
            for asked in batch:
                _answer(asked, draft.answers.get(asked.key) or self._answers[asked.key])
            self._publish()
            return
        raise RuntimeError(f"lost the race for the log {MOST_RACES} times")

    def _drafted(self, batch: Sequence[_Asked]) -> _Draft:
        draft = _Draft(self.state, self.seq)
        now_ms = self._now_ms()
        for asked in batch:
            if asked.key not in self._answers and asked.key not in draft.answers:
                draft.take(asked, now_ms)
        return draft

    def _measure(self, commands: int, commit_s: float) -> None:
        self.measures.commit_s.observe(commit_s)
        self.measures.batch.observe(commands)
        if commit_s > SLOW_COMMIT_S:
            log.warning("a slow commit", extra={"commit_ms": round(commit_s * 1000), "commands": commands})

    async def _catch_up(self) -> None:
        """Takes in what another process has appended since."""
        loop = asyncio.get_running_loop()
        entries = await loop.run_in_executor(self._thread, self._store.load, self.seq)
        self._answers = await loop.run_in_executor(self._thread, self._store.answers)
        self._take_in(entries)
        self._publish()

    def _take_in(self, entries: Sequence[Entry]) -> None:
        self.state = folded(self.state, entries, self.seq)
        self.seq += len(entries)

    def _publish(self) -> None:
        if self.publisher is not None:
            self.publisher.publish(self.state, self.seq)


def _answer(asked: _Asked, answer: Answer) -> None:
    if not asked.answer.done():  # its sender may have gone
        asked.answer.set_result(answer)


def _answer_all(batch: Sequence[_Asked], answer: Answer) -> None:
    for asked in batch:
        _answer(asked, answer)
