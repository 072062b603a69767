"""GET /api/participants: whom the consoles can call, put right or merge, listed or not."""

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from app.web.context import Floor

router = APIRouter(include_in_schema=False)

MOST_FOUND = 50


@router.get("/api/participants")
async def participants(request: Request, floor: Floor, q: str = "") -> JSONResponse:
    """Those whose name or organisation has all words of `q`, by name; at most `MOST_FOUND`. For consoles only."""
    if floor.access.console(request.cookies) is None:
        return JSONResponse({"reason": "not_chair"}, 403)
    state = floor.room.state
    words = q.casefold().split()
    spoken = Counter(one.participant for one in state.interventions if one.counts)
    found = [
        {
            "participant": one.id,
            "name": one.name,
            "organisation": one.organisation,
            "group": one.group,
            "where": one.where,
            "spoken": spoken[one.id],
            "online": one.id in floor.publisher.hub.present,
            "hidden": one.hidden,
        }
        for one in sorted(state.participants.values(), key=lambda one: one.name.casefold())
        if not one.erased and all(word in f"{one.name} {one.organisation}".casefold() for word in words)
    ]
    return JSONResponse({"participants": found[:MOST_FOUND], "count": len(found)})
