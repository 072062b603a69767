"""POST /api/join: become a participant, or change what is known of one; the cookie of this phone says who it is."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from app import i18n
from app.answers import RefusedFor
from app.floor import errors
from app.floor.commands import Join
from app.floor.people import Where
from app.web.access import PARTICIPANT_COOKIE
from app.web.context import Floor
from app.web.language import language_of

router = APIRouter()

UNPROCESSABLE = 422
UNAVAILABLE = 503


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


@router.post("/api/join")
async def join(details: Details, request: Request, floor: Floor) -> JSONResponse:
    actor = floor.access.attendee(request.cookies, floor.room.state)
    participant = actor.id or floor.access.participant_id(details.id or str(uuid4()))
    language = details.language if details.language in floor.settings.plan.languages else i18n.ENGLISH
    command = Join(participant, details.name, details.organisation, details.group, details.where, language)
    match await floor.room.handle(command, actor, str(uuid4())):
        case RefusedFor(reason, values):
            return _refused(reason, values, language_of(request, floor.settings.plan.languages, language))
    response = JSONResponse({"participant": participant})
    floor.access.remember(response, PARTICIPANT_COOKIE, participant, request)
    return response


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
    if wait_s := floor.rejoining.wait_s(floor.now_ms()):
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
    return JSONResponse(content, UNAVAILABLE if reason == "unavailable" else UNPROCESSABLE)


async def malformed_request(_request: Request, error: Exception) -> JSONResponse:
    """What FastAPI found wrong with a request, told the way a refused command is."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    first = error.errors()[0]
    where = str(first["loc"][-1]) if len(first["loc"]) > 1 else "body"
    return _refused("malformed", {"detail": f"{where}: {first['msg']}"}, i18n.ENGLISH)
