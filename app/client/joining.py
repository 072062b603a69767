"""Becoming somebody: the two plain HTTP requests that give cookies. Nothing live: see link.py."""

import contextlib
import functools
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx

from app.client.errors import NotAdmitted, Refused, Unreachable

ANSWER_WITHIN_S = 30


@dataclass(frozen=True, slots=True)
class Joined:
    """A participant's id, and the cookies that prove to be them."""

    participant: str
    cookies: Mapping[str, str]


@functools.cache
def tls() -> ssl.SSLContext:
    """Reading the system's certificates takes tens of milliseconds: once, not once per participant."""
    return ssl.create_default_context()


async def join(
    address: str,
    *,
    name: str,
    organisation: str,
    group: str,
    where: Literal["room", "online"] = "room",
    language: str = "en",
    gender: str | None = None,
    region: str | None = None,
    cookies: Mapping[str, str] | None = None,
) -> Joined:
    """Become a participant; with the `cookies` of an earlier join, change that participant.

    Raises `Refused` (with `field`) where the server does not take what was given, `NotAdmitted` where it is
    not the right server, `Unreachable` where there is none.
    """
    person = {
        "name": name,
        "organisation": organisation,
        "group": group,
        "where": where,
        "language": language,
    } | {key: value for key, value in (("gender", gender), ("region", region)) if value is not None}
    response = await _request("POST", address.rstrip("/") + "/api/join", cookies, json=person)
    with contextlib.suppress(ValueError):
        answer = response.json()
        if response.is_success and isinstance(answer, dict) and "participant" in answer:
            return Joined(answer["participant"], {**(cookies or {}), **response.cookies})
        if isinstance(answer, dict) and "reason" in answer:
            raise Refused(answer["reason"], answer.get("message", ""), answer.get("field"))
    raise NotAdmitted(f"joining {address}: status {response.status_code}")


async def chair_cookies(link: str) -> dict[str, str]:
    """A console's cookies, for the link with the key in it that `open-floor serve`, or `keys new`, prints.

    Raises `NotAdmitted` for a wrong key, `Unreachable` for no server.
    """
    response = await _request("GET", link, None)
    if response.is_error or not response.cookies:
        raise NotAdmitted(f"the link gave no cookie of a console: status {response.status_code}")
    return dict(response.cookies)


async def _request(method: str, url: str, cookies: Mapping[str, str] | None, **content: Any) -> httpx.Response:
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
    jar = dict(cookies or {})
    try:
        # A client of its own each time: a shared one would keep and mix up the participants' cookies.
        async with httpx.AsyncClient(verify=tls(), cookies=jar, timeout=ANSWER_WITHIN_S) as http:
            return await http.request(method, url, headers={"Origin": origin}, **content)
    except httpx.TransportError as problem:
        raise Unreachable(f"{origin}: {problem or type(problem).__name__}") from problem
