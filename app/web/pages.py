"""The HTML pages, the QR code that leads to the first of them, and whether all is well."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.templating import Jinja2Templates

from app import i18n
from app.floor.people import CHAIRING
from app.web.access import CONSOLE_COOKIE, Access
from app.web.context import Context, Floor
from app.web.language import language_of
from app.web.reading import may_read_record
from app.web.record_page import record_page

router = APIRouter(include_in_schema=False)
templates = Jinja2Templates(Path(__file__).parents[1] / "templates")
templates.env.policies["json.dumps_kwargs"] = {"sort_keys": False}  # groups stay in the session file's order


@router.api_route("/", methods=["GET", "HEAD"])
async def phone(request: Request, floor: Floor) -> HTMLResponse:
    return _page(request, floor, "phone")


@router.api_route("/room", methods=["GET", "HEAD"])
async def room_display(request: Request, floor: Floor) -> HTMLResponse:
    return _page(request, floor, "room")


@router.api_route("/replay", methods=["GET", "HEAD"])
async def replay(request: Request, floor: Floor) -> HTMLResponse:
    if may_read_record(request, floor):
        return _page(request, floor, "replay")
    return _page(request, floor, "no_record", status=403)


@router.api_route("/chair", methods=["GET", "HEAD"])
async def chair(request: Request, floor: Floor, key: str | None = None) -> Response:
    """The console that moves the floor: who may not is shown to the secretariat's."""
    console = floor.access.console(request.cookies)
    if key is None and console is not None and console.role not in CHAIRING:
        return RedirectResponse("/secretariat", 303)
    return await _console(request, floor, "chair", key)


@router.api_route("/secretariat", methods=["GET", "HEAD"])
async def secretariat(request: Request, floor: Floor, key: str | None = None) -> Response:
    """What is written down, for every console: a chair who looks in sees the same."""
    return await _console(request, floor, "secretariat", key)


async def _console(request: Request, floor: Context, screen: str, key: str | None) -> Response:
    """The key is asked for once, and leaves the address bar at once: from then on the cookie opens the console."""
    if key is not None and (opened := await _opened_by(key, floor.access)):
        response = RedirectResponse(f"/{screen}", 303)
        floor.access.remember(response, CONSOLE_COOKIE, opened, request)
        return response
    if key is None and floor.access.console(request.cookies):
        return _page(request, floor, screen)
    return _page(request, floor, f"no_{screen}", status=403)


async def _opened_by(key: str, access: Access) -> str | None:
    """What the cookie of this console remembers. A key that another process has made just now opens at once."""
    opened = access.opens_console(key)
    if opened is None:
        with suppress(SQLAlchemyError):
            await asyncio.to_thread(access.refresh)
        opened = access.opens_console(key)
    return opened


@router.api_route("/record", methods=["GET", "HEAD"])
async def record(request: Request, floor: Floor) -> Response:
    if may_read_record(request, floor) and (page := await record_page(request, floor)):
        return page
    return _page(request, floor, "no_record", status=403)


def _page(request: Request, floor: Context, screen: str, status: int = 200) -> HTMLResponse:
    plan = floor.settings.plan
    participant = floor.room.state.participants.get(floor.access.attendee(request.cookies, floor.room.state).id)
    known = participant.language if participant and screen == "phone" else ""
    language = language_of(request, plan.languages, known)
    # Phones load this on a crowded network: they get the texts of the language they show, the display of all it may.
    shown = {i18n.ENGLISH, language} if screen == "phone" else set(plan.languages)

    def texts(by_language: Mapping[str, str]) -> dict[str, str]:
        return {each: text for each, text in by_language.items() if each in shown}

    page: dict[str, Any] = {
        "screen": screen,
        "session": plan.id,
        "title": texts(plan.title),
        "place": texts(plan.place),
        "starts_ms": plan.starts_ms,
        "time_zone": plan.time_zone,
        "contact": plan.contact,
        "groups": {group: texts(names) for group, names in plan.groups.items()},
        "asks_for": list(plan.asks_for),
        "languages": list(plan.languages),
        "language": language,
        "address": floor.public_address(request),
    }
    context = {
        "page": page,
        "language": language,
        "names": {each: i18n.text(each, "language.name") for each in plan.languages},
        "direction": i18n.direction(language),
        "t": partial(i18n.text, language),
    }
    return templates.TemplateResponse(request, f"{screen}.html", context, status)


@router.api_route("/join.svg", methods=["GET", "HEAD"])
async def qr_code(request: Request, floor: Floor) -> Response:
    """The public address as a QR code that takes its colours from the page: dark on light, with its quiet zone."""
    drawn = BytesIO()
    segno.make(floor.public_address(request), error="m").save(drawn, kind="svg", scale=8, border=4, light="#fff")
    return Response(drawn.getvalue(), media_type="image/svg+xml")


@router.get("/api/state")
async def state(floor: Floor) -> Response:
    """What a socket that watches as the audience would be sent first."""
    return Response(floor.publisher.snapshot("audience", {"role": "attendee"}), media_type="application/json")


@router.get("/healthz")
async def health(floor: Floor) -> JSONResponse:
    seq = await floor.health.newest_seq()
    if seq is None or not floor.soundness.is_sound:
        return JSONResponse({"ok": False, "seq": floor.room.seq}, 503)
    return JSONResponse({"ok": True, "seq": seq})
