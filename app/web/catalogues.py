"""The texts of one screen in one language: a phone on a crowded network is not sent the console's."""

import hashlib
from functools import cache

import orjson
from fastapi import APIRouter, Request, Response

from app import i18n

router = APIRouter(include_in_schema=False)

ELSEWHERE = {
    "phone": ("access.", "act.", "chair.", "order.", "reason.", "record.", "replay.", "room.", "secretariat."),
    "room": (
        *("access.", "act.", "chair.", "join.", "order.", "phone.", "reason.", "record.", "refused.", "replay."),
        "secretariat.",
    ),
    "chair": ("access.", "join.", "phone.", "record.", "replay.", "room.", "secretariat."),
    "secretariat": ("access.", "join.", "phone.", "record.", "replay.", "room."),
    "replay": (
        *("access.", "act.", "chair.", "connection.", "join.", "order.", "phone.", "reason.", "record.", "refused."),
        "secretariat.",
    ),
}
"""What the keys begin with that a screen never shows."""
NOT_MODIFIED = 304


@router.api_route("/i18n/{screen}/{language}.json", methods=["GET", "HEAD"])
async def catalogue(screen: str, language: str, request: Request) -> Response:
    if screen not in ELSEWHERE or language not in (*i18n.languages(), i18n.PSEUDO):
        return Response(status_code=404)
    content, tag = _encoded(screen, language)
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=NOT_MODIFIED, headers={"ETag": tag})
    return Response(content, media_type="application/json", headers={"ETag": tag})


@cache
def _encoded(screen: str, language: str) -> tuple[bytes, str]:
    texts = i18n.pseudo_catalogue() if language == i18n.PSEUDO else i18n.catalogues()[language]
    shown = {key: text for key, text in texts.items() if not key.startswith(ELSEWHERE[screen])}
    content = orjson.dumps(shown)
    return content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'
