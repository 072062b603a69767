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

from app.clock import NowMs, steady_clock
from app.config import Settings
from app.hub import Hub
from app.publisher import Publisher
from app.room import Room
from app.store import Store
from app.web import join, live, metrics, pages
from app.web.access import Access
from app.web.context import Context
from app.web.headers import SecurityHeaders

STATIC = Path(__file__).with_name("static")


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

    Raises PlanConflict where the session file contradicts what has happened, SQLAlchemyError where the database
    can't be used.
    """
    store = Store(settings.database_url, settings.plan.id)
    now_ms = steady_clock(not_before_ms=store.newest_ms())
    room = Room(store, now_ms)
    room.lay_down(settings.plan)
    secret = settings.secret.get_secret_value() if settings.secret else None
    return Opened(settings, store, room, Access(store, secret), now_ms)


def create_app(opened: Opened) -> FastAPI:
    room = opened.room

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        writer = asyncio.create_task(room.run())
        gc.freeze()  # what was loaded at start lives as long as the server: the collector need not look at it again
        yield
        writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await writer
        room.close()
        opened.store.close()

    app = FastAPI(title="Open Floor", lifespan=lifespan, docs_url=None, redoc_url=None)
    publisher = Publisher(Hub(), opened.now_ms, room.state, room.seq)
    room.publisher = publisher
    app.state.context = Context(opened.settings, room, publisher, opened.access, opened.now_ms)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(SecurityHeaders)
    app.add_exception_handler(RequestValidationError, join.malformed_request)
    for part in (pages, join, live, metrics):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
