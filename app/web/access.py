"""Who is this: the chair's key, signed cookies, and the Origin of a page that opens a socket."""

import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeSerializer
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

from app.floor.people import Actor
from app.floor.state import State
from app.store import Store

log = logging.getLogger(__name__)

PARTICIPANT_COOKIE = "open_floor_participant"
CHAIR_COOKIE = "open_floor_chair"
COOKIE_LASTS_S = 2 * 24 * 3600


class Access:
    """Signs and reads cookies of one session; a cookie of another session is worth nothing here."""

    def __init__(self, store: Store, secret: str | None) -> None:
        """`secret` signs the cookies; None: one is made at first start and kept in the database."""
        self._store = store
        self._session = store.session
        self._secret = secret or store.secret("cookies", otherwise=secrets.token_urlsafe(32))
        self._keys = {row.id: row for row in store.console_keys()}

    def chair_key(self, given: str | None, *, renew: bool = False) -> str | None:
        """The chair's key if it is to be shown now: one that was `given`, or a new one where there is none yet.

        None: it was made at an earlier start. Only its hash was kept, so it can't be shown again.
        """
        has_one = any(row.role == "chair" for row in self._keys.values())
        if given is None and has_one and not renew:
            return None
        key = given or secrets.token_urlsafe(24)
        digest = self._digest(key)
        if digest[:12] not in self._keys:
            self._store.replace_key(digest[:12], "chair", digest)
            self._keys = {row.id: row for row in self._store.console_keys()}
        return key

    def opens_chair(self, key: str) -> str | None:
        """The id of the chair's key that this is, if it is one."""
        digest = self._digest(key)
        for row in self._keys.values():
            if row.role == "chair" and hmac.compare_digest(row.hash, digest):
                return row.id
        return None

    def chair(self, cookies: Mapping[str, str]) -> Actor | None:
        id_ = self._read(CHAIR_COOKIE, cookies)
        return Actor("chair", id_) if id_ in self._keys and self._keys[id_].role == "chair" else None

    def attendee(self, cookies: Mapping[str, str], state: State) -> Actor:
        """The participant of this phone; nobody (an empty id) if it has not joined this session."""
        id_ = self._read(PARTICIPANT_COOKIE, cookies)
        return Actor("attendee", id_ if id_ in state.participants else "")

    def remember(self, response: Response, cookie: str, id_: str, connection: HTTPConnection) -> None:
        response.set_cookie(
            cookie,
            self._signer(cookie).dumps([self._session, id_]),
            max_age=COOKIE_LASTS_S,
            httponly=True,
            samesite="lax",
            secure=connection.url.scheme in {"https", "wss"},
        )

    def _read(self, cookie: str, cookies: Mapping[str, str]) -> str:
        try:
            session, id_ = self._signer(cookie).loads(cookies.get(cookie, ""))
        except (BadSignature, ValueError, TypeError):
            return ""
        return id_ if session == self._session else ""

    def _signer(self, cookie: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret, salt=cookie)

    def _digest(self, key: str) -> str:
        """Keyed with the server's secret, so that a stolen database alone does not let anyone try keys."""
        return hmac.new(self._secret.encode(), key.encode(), hashlib.sha256).hexdigest()


def origin_is_ours(headers: Headers, address: str) -> bool:
    """Whether a browser's page that opens a socket came from here: from the Host it asks, or the public `address`.

    A browser always sends an Origin, and no page can forge it; what sends none is no browser.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    host = urlsplit(origin).netloc.lower()
    allowed = {headers.get("host", "").lower(), urlsplit(address).netloc.lower()}
    if host and host in allowed:
        return True
    log.warning("socket refused: its page's origin is %r, allowed are the hosts %s", origin, sorted(allowed))
    return False
