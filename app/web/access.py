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

from app.floor.people import Actor, Role
from app.floor.state import State
from app.store import Store
from app.tables import KeyRow
from app.wire import known_role

log = logging.getLogger(__name__)

PARTICIPANT_COOKIE = "open_floor_participant"
CONSOLE_COOKIE = "open_floor_console"
BROWSER_COOKIE = "open_floor_browser"
"""Tells one browser that joins from another, and nothing else of it."""
COOKIE_LASTS_S = 2 * 24 * 3600
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 that nobody mistakes for one another: no 0 and O, no 1 and I."""
MOST_LOGGED = 200
"""So many characters of a header: whoever sends it may make it long."""
DIGEST_SHOWN = 16
"""So much of a key's hash names it in a cookie: a renewed key of the same name is another one."""


class Access:
    """Signs and reads cookies of one session; a cookie of another session is worth nothing here."""

    def __init__(self, store: Store, secret: str | None) -> None:
        """`secret` signs the cookies; None: one is made at first start and kept in the database."""
        self._store = store
        self._session = store.session
        self._secret = secret or store.secret("cookies", otherwise=secrets.token_urlsafe(32))
        self._keys = self._kept_keys()

    def refresh(self) -> None:
        """Reads the keys anew: another process may have made or revoked one."""
        before, self._keys = self._keys, self._kept_keys()
        for key in before.keys() - self._keys.keys():
            log.info("a key opens no more", extra={"console": before[key].name, "role": before[key].role})
        for key in self._keys.keys() - before.keys():
            log.info("a key was issued", extra={"console": self._keys[key].name, "role": self._keys[key].role})

    def _kept_keys(self) -> dict[str, KeyRow]:
        return {row.hash[:DIGEST_SHOWN]: row for row in self._store.console_keys()}

    def chair_key(self, given: str | None, *, renew: bool = False) -> str | None:
        """The chair's key if it is to be shown now: one that was `given`, or a new one where there is none yet.

        None: it was made at an earlier start. Only its hash was kept, so it can't be shown again.
        """
        if given is None and self._has_key("chair") and not renew:
            return None
        return self.new_key("chair", "chair", given)

    def first_key(self, role: Role) -> str | None:
        """A key of the role's own name where nobody of that role has one yet; None: it was made at an earlier start."""
        return None if self._has_key(role) else self.new_key(role, role)

    def _has_key(self, role: Role) -> bool:
        return any(row.role == role for row in self._keys.values())

    def new_key(self, name: str, role: Role, given: str | None = None) -> str:
        """A key for a console; one of the same name before it opens no more."""
        key = given or secrets.token_urlsafe(24)
        self._store.keep_key(name, role, self._digest(key))
        self.refresh()
        return key

    def opens_console(self, key: str) -> str | None:
        """What the cookie of a console remembers of this key, if it is one."""
        digest = self._digest(key)
        for shown, row in self._keys.items():
            if hmac.compare_digest(row.hash, digest):
                return shown
        return None

    def console(self, cookies: Mapping[str, str]) -> Actor | None:
        """Who works at this console; None where the cookie is of no key, or of one that was revoked."""
        row = self._keys.get(self.console_key(cookies))
        return Actor(known_role(row.role), row.name) if row else None

    def console_key(self, cookies: Mapping[str, str]) -> str:
        """What the cookie says of the console's key; empty without one."""
        return self._read(CONSOLE_COOKIE, cookies)

    def is_valid(self, console_key: str) -> bool:
        """Whether it still opens a console: neither revoked nor renewed."""
        return console_key in self._keys

    def attendee(self, cookies: Mapping[str, str], state: State) -> Actor:
        """The participant of this phone; nobody (an empty id) if it has not joined this session."""
        id_ = self._read(PARTICIPANT_COOKIE, cookies)
        id_ = state.merged.get(id_, id_)
        known = state.participants.get(id_)
        return Actor("attendee", id_ if known is not None and not known.erased else "")

    def browser(self, cookies: Mapping[str, str]) -> str:
        """The id that this browser was given when somebody joined with it; empty before."""
        return self._read(BROWSER_COOKIE, cookies)

    def participant_id(self, join_id: str) -> str:
        """The id of whoever joins with this id of the page's making; nobody can tell the one from the other."""
        return "p" + self._digest(f"join {self._session} {join_id}")[:12]

    def code(self, participant: str) -> str:
        """What somebody types on another phone to be the same person there: two groups of four."""
        digest = bytes.fromhex(self._digest(f"code {self._session} {participant}"))
        letters = "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest[:8])
        return f"{letters[:4]}-{letters[4:]}"

    def participant_of_code(self, code: str, state: State) -> str:
        """Whose code it is, however it was typed; empty if nobody's."""
        typed = "".join(letter for letter in code.upper() if letter.isalnum())
        found = ""
        for id_, one in state.participants.items():
            if hmac.compare_digest(self.code(id_).replace("-", "").encode(), typed.encode()) and not one.erased:
                found = id_
        return found

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
        if not (signed := cookies.get(cookie)):
            return ""
        try:
            session, id_ = self._signer(cookie).loads(signed)
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
    host = _host_of(origin)
    allowed = {headers.get("host", "").lower(), urlsplit(address).netloc.lower()}
    if host and host in allowed:
        return True
    hosts = [host[:MOST_LOGGED] for host in sorted(allowed)]
    log.warning("socket refused: its page is of another origin", extra={"origin": origin[:MOST_LOGGED], "hosts": hosts})
    return False


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""
