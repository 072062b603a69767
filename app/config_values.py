"""What a single value may be, whether from the session file, the environment or the command line: all are text.

Each check gives the value in its own type or raises `Disallowed`, which says in words what is allowed.
"""

import ipaddress
import re
import zoneinfo
from collections.abc import Callable
from datetime import date, time
from difflib import get_close_matches
from functools import cache
from typing import Annotated, get_args
from urllib.parse import urlsplit

from pydantic import BeforeValidator
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from app.config_file import shown
from app.floor.plan import Order
from app.logs import LogFormat

DRIVERS = ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg")


class Disallowed(ValueError):  # noqa: N818 – reads as it is meant
    """`allowed` says what would be right; `found` what is there, if not the value itself is to be shown."""

    def __init__(self, allowed: str, found: str | None = None) -> None:
        super().__init__(allowed)
        self.found = found


def described(value: object) -> str:
    """A value as a person sees it in the file: `300`, `"abc" (text)`, `nothing`."""
    match value:
        case None:
            return "nothing"
        case list():
            return "a list"
        case dict():
            return "keys and values"
        case str() if re.fullmatch(r"[+-]?[0-9]{1,18}([.,][0-9]{1,18})?", value):
            return value
        case _:
            return f'"{shown(str(value))}" (text)'


def whole_number(lowest: int, highest: int) -> Callable[[object], int]:
    """A check for whole numbers; both ends are allowed."""

    def check(value: object) -> int:
        if isinstance(value, str) and re.fullmatch("[0-9]{1,9}", value) and lowest <= int(value) <= highest:
            return int(value)
        raise Disallowed(f"a whole number from {lowest} to {highest}")

    return check


def text_up_to(longest: int) -> Callable[[object], str]:
    """A check for a text that people read. Line breaks are how the file is set, not part of the text."""

    def check(value: object) -> str:
        if isinstance(value, str) and 1 <= len(text := " ".join(value.split())) <= longest:
            return text
        raise Disallowed(f"a text of 1 to {longest} characters")

    return check


def matching(pattern: str, allowed: str) -> Callable[[object], str]:
    """A check by pattern, over the whole value."""

    def check(value: object) -> str:
        if isinstance(value, str) and re.fullmatch(pattern, value):
            return value
        raise Disallowed(allowed)

    return check


def calendar_date(value: object) -> date:
    """2023-10-10, and not what else ISO 8601 calls a date."""
    try:
        if isinstance(value, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Disallowed("a day of the calendar as year-month-day, such as 2023-10-10")


def time_of_day(value: object) -> time:
    """15:15, on the 24-hour clock."""
    if isinstance(value, str) and (found := re.fullmatch("([01]?[0-9]|2[0-3]):([0-5][0-9])", value)):
        return time(int(found[1]), int(found[2]))
    raise Disallowed("hours and minutes on the 24-hour clock, such as 15:15")


@cache
def known_time_zones() -> list[str]:
    """All IANA names that this computer knows; none where it lacks the data, as Windows does."""
    return sorted(zoneinfo.available_timezones())


def time_zone(value: object) -> str:
    """An IANA name that this computer knows."""
    name = value if isinstance(value, str) else ""
    try:
        if name:
            zoneinfo.ZoneInfo(name)
            return name
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):  # OSError: "Asia" is a folder
        pass
    known = known_time_zones()
    if not known:
        raise Disallowed("a time zone, but this computer has no time zone data: `pip install tzdata` brings it")
    near = get_close_matches(name[:80], known, n=1, cutoff=0.65)
    hint = f" (did you mean {near[0]}?)" if near else ""
    raise Disallowed(f"the IANA name of a time zone, such as Asia/Tokyo or UTC{hint}")


def public_address(value: object) -> str | None:
    """Where phones find the server: scheme, host and port alone, since the addresses of pages are added."""
    if value is None:
        return None
    has_password = isinstance(value, str) and "@" in value
    if isinstance(value, str) and re.fullmatch(r"(?i:https?)://[A-Za-z0-9.:\[\]_-]{1,200}/?", value):
        try:
            parts = urlsplit(value)
            if parts.hostname and parts.port != 0:  # reading the port also checks it
                return f"{parts.scheme}://{parts.netloc}"
        except ValueError:
            pass
    raise Disallowed(
        "http:// or https:// with a host and nothing after it, such as https://floor.example.org",
        found="an address with a name or password" if has_password else None,
    )


def database_url(value: object) -> str:
    """Only what survives a restart: `sqlite://` alone is a database in memory."""
    allowed = "sqlite:///FILE (three slashes, as in sqlite:///open-floor.db) or postgresql://USER@HOST/NAME"
    try:
        url = make_url(value) if isinstance(value, str) and value.isprintable() else None
    except (ArgumentError, ValueError):
        url = None
    if url is None:
        may_hold_password = isinstance(value, str) and ("@" in value or "password" in value)
        raise Disallowed(allowed, found="an address that cannot be read" if may_hold_password else None)
    in_a_file = not url.host and url.database != ":memory:"
    if url.drivername in DRIVERS and url.database and (in_a_file or url.get_backend_name() != "sqlite"):
        return str(value)
    raise Disallowed(allowed, found=f'"{shown(url.set(query={}).render_as_string(hide_password=True))}" (text)')


def proxies(value: object) -> str:
    """The proxies whose word on a visitor's address is taken, in the form that uvicorn reads."""
    names = [name.strip() for name in str(value).split(",")]
    try:
        for name in names:
            if name != "*":
                ipaddress.ip_network(name, strict=False)
    except ValueError:
        raise Disallowed("IP addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8, or *") from None
    return ",".join(names)


def secret_of(shortest: int) -> Callable[[object], str | None]:
    """A check for a secret; what is there is never shown."""

    def check(value: object) -> str | None:
        if value is None:
            return None
        if isinstance(value, str) and len(value) >= shortest and re.fullmatch("[!-~]+", value):
            return value
        raise Disallowed(
            f"at least {shortest} letters, digits and signs of ASCII, without spaces",
            found="a value that is not shown",
        )

    return check


def speaking_order(value: object) -> str:
    """One of the orders the core knows."""
    orders = get_args(Order)
    if value in orders:
        return str(value)
    raise Disallowed(", ".join(orders[:-1]) + f" or {orders[-1]}")


def log_format(value: object) -> str:
    if value in get_args(LogFormat):
        return str(value)
    raise Disallowed(" or ".join(get_args(LogFormat)))


Id = Annotated[
    str,
    BeforeValidator(
        matching(
            "[a-z0-9][a-z0-9_-]{0,39}",
            "1 to 40 small letters, digits, - or _, beginning with a letter or digit",
        )
    ),
]
Minutes = Annotated[int, BeforeValidator(whole_number(1, 180))]
Duration = Annotated[int, BeforeValidator(whole_number(1, 600))]
DaysKept = Annotated[int, BeforeValidator(whole_number(1, 3_650))]
SpeakingTime = Annotated[int, BeforeValidator(whole_number(10, 1800))]
Port = Annotated[int, BeforeValidator(whole_number(0, 65_535))]
Date = Annotated[date, BeforeValidator(calendar_date)]
Time = Annotated[time, BeforeValidator(time_of_day)]
TimeZone = Annotated[str, BeforeValidator(time_zone)]
PublicAddress = Annotated[str | None, BeforeValidator(public_address)]
DatabaseUrl = Annotated[str, BeforeValidator(database_url)]
Host = Annotated[
    str,
    BeforeValidator(matching("[A-Za-z0-9.:_-]{1,253}", "an address of this computer, such as 0.0.0.0 or 127.0.0.1")),
]
Email = Annotated[
    str,
    BeforeValidator(
        matching(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+", "an e-mail address, such as name@example.org")
    ),
]
SpeakingOrder = Annotated[Order, BeforeValidator(speaking_order)]
LogForm = Annotated[LogFormat, BeforeValidator(log_format)]
Proxies = Annotated[str, BeforeValidator(proxies)]
