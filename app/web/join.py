"""POST /api/join: become a participant, or change what is known of one; the cookie of this phone says who it is.

How often is limited by browser, connection and participant, never by address: a venue is one address.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from app import i18n
from app.answers import RefusedFor
from app.floor import errors
from app.floor.commands import Join
from app.floor.people import Gender, Region, Where
from app.web.access import BROWSER_COOKIE, PARTICIPANT_COOKIE, origin_is_ours
from app.web.context import Context, Floor
from app.web.language import language_of

FORBIDDEN = 403
UNPROCESSABLE = 422
TOO_MANY_REQUESTS = 429
UNAVAILABLE = 503


def _is_ours(request: Request, floor: Floor) -> None:
    """No page of another site makes its visitor somebody here, or asks for a code."""
    if not origin_is_ours(request.headers, floor.public_address(request)):
        raise HTTPException(FORBIDDEN, "a page of another origin")


router = APIRouter(dependencies=[Depends(_is_ours)])


class Details(BaseModel):
    """Who somebody is. For a government, `organisation` is the country."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field("", max_length=64)
    """Made by the page (a UUID, known to it alone): sent again after an answer was lost, it makes nobody twice."""
    name: str
    organisation: str = ""
    group: str
    where: Where = "room"
    language: str = "en"
    gender: Gender | None = None
    region: Region | None = None
    """Both only where the session file asks for them; absent: as it is known, or not stated."""


@router.post("/api/join")
async def join(details: Details, request: Request, floor: Floor) -> JSONResponse:
    actor = floor.access.attendee(request.cookies, floor.room.state)
    participant = actor.id or floor.access.participant_id(details.id or str(uuid4()))
    language = details.language if details.language in floor.settings.plan.languages else i18n.ENGLISH
    reader = language_of(request, floor.settings.plan.languages, language)
    browser = floor.access.browser(request.cookies)
    if wait_s := _wait_s(participant, details, browser or _connection(request), floor):
        return _refused("too_fast", {"seconds": wait_s}, reader)
    command = Join(
        participant,
        details.name,
        details.organisation,
        details.group,
        details.where,
        language,
        details.gender,
        details.region,
    )
    match await floor.room.handle(command, actor, str(uuid4())):
        case RefusedFor(reason, values):
            return _refused(reason, values, reader)
    response = JSONResponse({"participant": participant})
    floor.access.remember(response, PARTICIPANT_COOKIE, participant, request)
    floor.access.remember(response, BROWSER_COOKIE, browser or str(uuid4()), request)
    return response


def _wait_s(participant: str, details: Details, comes_from: str, floor: Context) -> int:
    """0 where they may join or change now, and are counted; else in how many seconds."""
    known = floor.room.state.participants.get(participant)
    if known is None:
        return floor.allowance.joins.wait_s(comes_from, floor.now_ms()) if comes_from else 0
    if (known.name, known.organisation, known.group) == (details.name, details.organisation, details.group):
        return 0
    return floor.allowance.name_changes.wait_s(participant, floor.now_ms())


def _connection(request: Request) -> str:
    """Host and port it comes from; empty behind a proxy, where many people's requests share a connection."""
    host, port = request.client or ("", 0)
    return f"{host} {port}" if port and "x-forwarded-for" not in request.headers else ""


@router.get("/api/code")
async def personal_code(request: Request, floor: Floor) -> JSONResponse:
    """What brings this participant back on another phone, request and place included."""
    actor = floor.access.attendee(request.cookies, floor.room.state)
    if not actor.id:
        return _refused("not_joined", {}, language_of(request, floor.settings.plan.languages))
    return JSONResponse({"code": floor.access.code(actor.id)})


class PersonalCode(BaseModel):
    model_config = ConfigDict(extra="forbid")

    code: str


@router.post("/api/rejoin")
async def rejoin(given: PersonalCode, request: Request, floor: Floor) -> JSONResponse:
    language = language_of(request, floor.settings.plan.languages)
    if wait_s := floor.allowance.codes.wait_s(floor.now_ms()):
        floor.room.measures.refused.labels("too_fast").inc()
        return _refused("too_fast", {"seconds": wait_s}, language)
    participant = floor.access.participant_of_code(given.code, floor.room.state)
    if not participant:
        floor.room.measures.refused.labels(errors.UnknownCode.code).inc()
        return _refused(errors.UnknownCode.code, {"field": "code"}, language)
    response = JSONResponse({"participant": participant})
    floor.access.remember(response, PARTICIPANT_COOKIE, participant, request)
    return response


def _refused(reason: str, values: Mapping[str, str | int], language: str) -> JSONResponse:
    """`field` names the one to mend, where it is one."""
    content: dict[str, Any] = {"reason": reason, "message": i18n.text(language, f"refused.{reason}", **values)}
    field = values.get("field") or str(values.get("detail", "")).partition(":")[0]
    if field in Details.model_fields:
        content["field"] = field
    if reason == "too_fast":
        return JSONResponse(content, TOO_MANY_REQUESTS, {"Retry-After": str(values["seconds"])})
    return JSONResponse(content, UNAVAILABLE if reason == "unavailable" else UNPROCESSABLE)


async def malformed_request(_request: Request, error: Exception) -> JSONResponse:
    """What FastAPI found wrong with a request, told the way a refused command is."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    first = error.errors()[0]
    where = str(first["loc"][-1]) if len(first["loc"]) > 1 else "body"
    return _refused("malformed", {"detail": f"{where}: {first['msg']}"}, i18n.ENGLISH)
