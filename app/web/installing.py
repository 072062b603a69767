"""What lets a phone keep the page as an app: the manifest, and the service worker that opens it offline."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from app import i18n
from app.web.context import Floor
from app.web.language import language_of

router = APIRouter(include_in_schema=False)

SERVICE_WORKER = Path(__file__).parents[1] / "static" / "sw.js"
ICON_SIZES = (192, 512)


@router.api_route("/manifest.webmanifest", methods=["GET", "HEAD"])
async def manifest(request: Request, floor: Floor) -> JSONResponse:
    plan = floor.settings.plan
    language = language_of(request, plan.languages)
    icons = [
        {"src": f"/static/icons/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in ICON_SIZES
        for purpose in ("any", "maskable")
    ]
    content = {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "name": plan.title.get(language) or plan.title[i18n.ENGLISH],
        "short_name": "Open Floor",
        "lang": language,
        "dir": i18n.direction(language),
        "display": "standalone",
        "background_color": "#f3f6fa",
        "theme_color": "#f3f6fa",
        "icons": [*icons, {"src": "/static/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return JSONResponse(content, media_type="application/manifest+json")


@router.api_route("/sw.js", methods=["GET", "HEAD"])
async def service_worker() -> Response:
    """At the root, so that it may answer for the phone page; asked for anew each time, so that none is stuck."""
    return FileResponse(
        SERVICE_WORKER,
        media_type="text/javascript",
        headers={"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"},
    )
