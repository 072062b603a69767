"""A session that is over, laid down in a server's database before it starts: every act at its own literal time."""

import asyncio
from collections.abc import Iterable
from contextlib import closing

from app.answers import Accepted
from app.config import load_settings
from app.floor.commands import Command
from app.floor.people import Actor
from app.room import Room
from app.store import Store
from tests.serving import ServerProcess

BEGAN_MS = 1_696_918_500_000
"""15:15:00 in Kyoto on the day."""
CHAIR = Actor("chair", "chair")

Steps = Iterable[tuple[int, Actor, Command]]
"""When (milliseconds since `BEGAN_MS`), who, what."""


class _Clock:
    now_ms = BEGAN_MS

    def __call__(self) -> int:
        return self.now_ms


async def lay_down(server: ServerProcess, steps: Steps) -> None:
    """Raises where the rules refuse one of them."""
    settings, clock = load_settings(server.config), _Clock()
    with closing(Store(f"sqlite:///{server.database}", settings.plan.id)) as store:
        room = Room(store, clock)
        room.lay_down(settings.plan)
        work = asyncio.create_task(room.run())
        for number, (after_ms, actor, command) in enumerate(steps):
            clock.now_ms = BEGAN_MS + after_ms
            answer = await room.handle(command, actor, f"c{number}")
            assert isinstance(answer, Accepted), (command, answer)
        work.cancel()
        room.close()
