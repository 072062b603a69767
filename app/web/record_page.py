"""The record's page: made of the log in a worker thread, once for all who ask for it in a language."""

import asyncio
import logging

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse

from app import i18n
from app.entries import acts
from app.faults import FAULTS, in_words
from app.floor.record_making import AS_IGF, record_of
from app.record_html import record_html
from app.web.context import Context
from app.web.language import language_of

log = logging.getLogger(__name__)

DRAFT_LASTS_MS = 10_000
"""While the session goes on, a draft that was made so long ago is made anew."""
DRAFT = b'<main id="record" data-draft>'
"""What a draft says of itself. No name can: in those, each < is written &lt;."""


async def record_page(request: Request, floor: Context) -> Response | None:
    """The page; None where it is a draft and whoever asks has no console.

    What was public when they asked may have been taken back by the time the page is made.
    """
    language = language_of(request, floor.settings.plan.languages)
    as_igf = request.query_params.get("groups") == "igf"

    def as_of() -> tuple[int, int]:
        goes_on = floor.room.state.status in {"running", "paused"}
        return floor.room.seq, floor.now_ms() // DRAFT_LASTS_MS if goes_on else 0

    async def make() -> bytes:
        _, entries = await floor.log()
        now_ms = floor.now_ms()

        def page() -> bytes:
            record = record_of(acts(entries), now_ms, AS_IGF if as_igf else None)
            return record_html(record, language, as_igf=as_igf, drawn_up_ms=now_ms).encode()

        return await asyncio.to_thread(page)

    try:
        content = await floor.newest["record", language, as_igf].get(as_of, make)
    except FAULTS as error:
        log.error("the log can't be read", extra={"cause": in_words(error)})
        return PlainTextResponse(i18n.text(language, "access.record_unavailable"), 503)
    is_draft = DRAFT in content
    if is_draft and floor.access.console(request.cookies) is None:
        return None
    return HTMLResponse(content, headers={"Cache-Control": "no-store"} if is_draft else {})
