"""What every answer carries, so that a browser runs nothing but our own pages, and tells nobody where it came from."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
ONLY_BY_HTTPS = "max-age=31536000"
"""A year: a browser that has been here once over HTTPS does not come back without."""
NOT_PAGES = ("/static/", "/i18n/")
ITS_READER_S = "/api/"
"""What is answered here may be for one person alone."""
HEADERS_OF_FILES = {"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff"}
"""Of what is part of a page and none itself. A phone loads thirty of them on a crowded network: every word counts."""
NOT_NEEDED = ("Last-Modified", "Accept-Ranges")  # the ETag says it all


class SecurityHeaders:
    """Adds the headers to every HTTP answer. What is not said otherwise is asked for again each time."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if scope["path"].startswith(NOT_PAGES):
                    headers.update(HEADERS_OF_FILES)
                    for name in NOT_NEEDED:
                        del headers[name]
                else:
                    headers.update(HEADERS)
                    if scope["scheme"] == "https":
                        headers["Strict-Transport-Security"] = ONLY_BY_HTTPS
                headers.setdefault(
                    "Cache-Control", "no-store" if scope["path"].startswith(ITS_READER_S) else "no-cache"
                )
            await send(message)

        await self._app(scope, receive, send_with_headers)
