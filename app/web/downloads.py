"""The record as files: for everybody once it is published, for consoles before. The event log is for consoles alone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.entries import acts
from app.exports.making import FORMATS, MEDIA_TYPES, Options, made
from app.faults import FAULTS, in_words
from app.floor.record_making import AS_IGF, record_of
from app.web.context import Context, Floor
from app.web.language import language_of
from app.web.reading import may_read_record

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)

ADDRESSES = {
    "/record.docx": "record.docx",
    "/record.pdf": "record.pdf",
    "/record.csv": "interventions.csv",
    "/record-not-heard.csv": "not-heard.csv",
    "/record-shares.csv": "shares.csv",
    "/record.json": "record.json",
    "/record.jsonl": "log.jsonl",
}
"""Each with the file that is found there; see `making.FORMATS`."""
DRAFT_LASTS_MS = 10_000
"""While the session goes on, a draft that was made so long ago is made anew."""
_FORMAT = {name: format_ for format_, names in FORMATS.items() for name in names}


def _answers(name: str) -> Callable[[Request, Context], Awaitable[Response]]:
    async def download(request: Request, floor: Floor) -> Response:
        if name == "log.jsonl":
            allowed = floor.access.console(request.cookies) is not None
        else:
            allowed = may_read_record(request, floor)
        if not allowed:
            return JSONResponse({"reason": "not_chair"}, 403)
        return await _file(request, floor, name)

    return download


for _address, _name in ADDRESSES.items():
    router.add_api_route(_address, _answers(_name), methods=["GET", "HEAD"])


async def _file(request: Request, floor: Context, name: str) -> Response:
    """Made in a worker thread, once for all who ask, and one after another."""
    asked_of_ms = floor.room.state.published_ms
    language = language_of(request, floor.settings.plan.languages)
    as_igf = request.query_params.get("groups") == "igf"
    options = Options(language, mark=request.query_params.get("bom") == "1")

    def as_of() -> tuple[int, int]:
        goes_on = floor.room.state.status in {"running", "paused"}
        return floor.room.seq, floor.now_ms() // DRAFT_LASTS_MS if goes_on else 0

    async def make() -> bytes:
        async with floor.making:
            _, entries = await floor.log()
            now_ms = floor.now_ms()

            def file() -> bytes:
                record = record_of(acts(entries), now_ms, AS_IGF if as_igf else None)
                return made(name, record, entries, options)

            return await asyncio.to_thread(file)

    try:
        content = await floor.newest[name, language, as_igf, options.mark].get(as_of, make)
    except FAULTS as error:
        log.error("the log can't be read", extra={"cause": in_words(error)})
        return JSONResponse({"reason": "unavailable"}, 503)
    published_ms = floor.room.state.published_ms
    if published_ms != asked_of_ms and floor.access.console(request.cookies) is None:
        return JSONResponse({"reason": "not_chair"}, 403)  # taken back while it was made, which may be a draft
    is_public = bool(published_ms) and name != "log.jsonl"
    draft = "" if published_ms else "draft-"
    headers = {"Content-Disposition": f'attachment; filename="{floor.session}-{draft}{name}"'}
    if not is_public:
        headers["Cache-Control"] = "no-store"
    return Response(content, media_type=MEDIA_TYPES[_FORMAT[name]], headers=headers)
