"""GET /api/replay: what the page `/replay` plays, made of the log in a worker thread."""

import asyncio
import logging
from collections.abc import Sequence

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.entries import Entry, acts
from app.faults import FAULTS, in_words
from app.floor.replay import replay_of
from app.floor.state import State
from app.web.context import Floor
from app.web.reading import may_read_record

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)


@router.get("/api/replay")
async def replay(request: Request, floor: Floor) -> Response:
    """`{now, first, changes: [[at, patch], …]}`: a view of the audience's, and what each act changed in it when."""
    if not may_read_record(request, floor):
        return JSONResponse({"reason": "not_public"}, 403)

    async def make() -> bytes:
        state, entries = await floor.log()
        return await asyncio.to_thread(_made, state, entries)

    try:
        made = await floor.replay.get(lambda: floor.room.seq, make)
    except FAULTS as error:
        log.error("the log can't be read", extra={"cause": in_words(error)})
        return JSONResponse({"reason": "unavailable"}, 503)
    return Response(b'{"now":%d,%b' % (floor.now_ms(), made[1:]), media_type="application/json")


def _made(state: State, entries: Sequence[Entry]) -> bytes:
    replay = replay_of(acts(entries), state)
    return orjson.dumps({"first": replay.first, "changes": [(one.at_ms, one.patch) for one in replay.changes]})
