"""The composition root: the only place that knows all parts, and puts them together."""

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.middleware.gzip import GZipMiddleware

from app import keeping
from app.clock import NowMs, boot, steady_clock
from app.config import Settings
from app.database import check_sound, check_whole, sqlite_path
from app.health import Health
from app.hub import Hub
from app.publisher import Publisher
from app.room import Room
from app.store import Store
from app.web import catalogues, downloads, installing, join, metrics, neighbours, pages, participants, polling, replay
from app.web.access import Access
from app.web.body_limit import BodyLimit
from app.web.context import Context
from app.web.headers import SecurityHeaders
from app.web.live import Live
from app.web.pace import Allowance

STATIC = Path(__file__).with_name("static")
COLLECT_SELDOM = (50_000, 50, 100)
"""Of objects more than there were. Looking at a full hall takes a fifth of a second, in which nobody is heard, and
finds nothing: neither requests nor connections leave circles behind (tests/test_memory.py)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that stands ready, before anybody is served."""

    settings: Settings
    store: Store
    room: Room
    access: Access
    now_ms: NowMs


def open_session(settings: Settings) -> Opened:
    """Opens the database, folds the log and lays down the plan.

    Raises PlanConflict where the session file contradicts what has happened, one of `faults.FAULTS`
    where the database can't be used.
    """
    path = sqlite_path(settings.database_url)
    if path is not None and path.exists():
        check_whole(path)
        check_sound(path)
    store = Store(settings.database_url, settings.plan.id)
    store.check_writable()  # a start may have nothing to write, and nobody wants to learn it from the first command
    now_ms = steady_clock(store.newest_ms(), store.clock_zero_ms(boot()))
    store.keep_clock(boot(), now_ms.zero_ms)
    room = Room(store, now_ms)
    room.lay_down(settings.plan)
    if any(one.erased for one in room.state.participants.values()):
        store.wipe()  # what a crash may have kept an erasure from
    secret = settings.secret.get_secret_value() if settings.secret else None
    return Opened(settings, store, room, Access(store, secret), now_ms)


def create_app(opened: Opened) -> Live:
    room, settings = opened.room, opened.settings

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(room.run()), asyncio.create_task(neighbours.watch(context))]
        if days := settings.keep_personal_data_days:
            tasks.append(asyncio.create_task(keeping.watch(room, opened.store.newest_ms, days, opened.now_ms)))
        if path := sqlite_path(settings.database_url):
            tasks.append(asyncio.create_task(context.soundness.watch(path)))
        gc.freeze()  # what was loaded at start lives as long as the server: the collector need not look at it again
        gc.set_threshold(*COLLECT_SELDOM)
        yield
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        room.close()
        opened.store.close()

    publisher = Publisher(Hub(), opened.now_ms, room.state, room.seq, room.measures)
    room.publisher = publisher
    health, allowance = Health(opened.store), Allowance(settings.limits)
    context = Context(settings, room, publisher, opened.access, opened.now_ms, health, allowance, opened.store.load)
    room.measures.registry.register(metrics.Now(context))
    app = FastAPI(title="Open Floor", lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.state.context = context
    app.add_middleware(GZipMiddleware, minimum_size=300)
    app.add_middleware(BodyLimit, most_bytes=settings.limits.most_message_bytes)
    app.add_exception_handler(RequestValidationError, join.malformed_request)
    for part in (pages, catalogues, downloads, installing, join, metrics, participants, polling, replay):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return Live(SecurityHeaders(app), context)  # outside of all, so that the answer to a fault carries them too
