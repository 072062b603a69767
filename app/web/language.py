"""Which language somebody reads: what they chose, else what is known of them, else what their browser asks for."""

from collections.abc import Sequence

from starlette.requests import HTTPConnection

from app import i18n

LANGUAGE_COOKIE = "open_floor_language"
"""Set by lang.js, kept for a year: the choice holds for all screens of this browser."""


def chosen(connection: HTTPConnection, languages: Sequence[str]) -> str:
    """By the address (`?lang=ja,en`: the first counts), else by the cookie; empty where nothing was chosen."""
    in_address = connection.query_params.get("lang", "").split(",")
    wishes = (*(wish.strip() for wish in in_address), connection.cookies.get(LANGUAGE_COOKIE, ""))
    offered = {*languages, i18n.PSEUDO}
    return next((wish for wish in wishes if wish in offered), "")


def language_of(connection: HTTPConnection, languages: Sequence[str], known: str = "") -> str:
    """`known`: what they read the last time they were here."""
    accepted = connection.headers.get("accept-language", "")
    return chosen(connection, languages) or known or i18n.preferred(accepted, languages)
