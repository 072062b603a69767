"""/api/live: the same messages as over /ws, by plain HTTP, for networks that let no websocket through.

`POST /api/live?as=…` opens a link; `GET /api/live/{link}` waits for what there is to say (a JSON list of messages);
`POST /api/live/{link}` takes one message. A link that is gone is answered with 410: open another.
"""

from contextlib import suppress

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from app.web.context import Floor
from app.web.links import Link
from app.web.screen import Screen, actor_of

router = APIRouter(include_in_schema=False)

GONE = 410


@router.post("/api/live")
async def open_link(request: Request, floor: Floor) -> JSONResponse:
    actor = actor_of(request, floor)
    if actor is None:
        return JSONResponse({"reason": "not_chair"}, 403)
    if floor.links.is_full:
        return JSONResponse({"reason": "unavailable"}, 503)
    link = Link()
    return JSONResponse({"link": floor.links.open(link, Screen(floor, link, actor, request))})


@router.get("/api/live/{name}")
async def fetch(name: str, floor: Floor) -> Response:
    found = floor.links.find(name)
    if found is None:
        return Response(status_code=GONE)
    link, _ = found
    messages = await link.fetch()
    if link.is_dropped:
        floor.links.close(name)
        if not messages:
            return Response(status_code=GONE)
    return Response(b"[%b]" % b",".join(messages), media_type="application/json")


@router.post("/api/live/{name}")
async def say(name: str, request: Request, floor: Floor) -> Response:
    found = floor.links.find(name)
    if found is None:
        return Response(status_code=GONE)
    _, conversation = found
    with suppress(ClientDisconnect):  # gone before it was said: it is said again over the next link
        await conversation.take(await request.body())
    return Response(status_code=204)
