"""One rehearsal from beginning to end."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from app.client import Client, chair_cookies
from app.rehearsal.attendee import Attendee
from app.rehearsal.cast import person
from app.rehearsal.chair import Chair
from app.rehearsal.hall import Hall, Progress
from app.rehearsal.secretary import Secretary

REPORT_EVERY_S = 1
ARRIVALS_TAKE_S = 60


async def rehearse(
    address: str,
    *,
    attendees: int,
    pace: float,
    seed: int,
    chair_link: str | None,
    secretariat_links: Sequence[str] = (),
    report: Callable[[Progress], None],
    until_ended: bool = True,
) -> Hall:
    """Plays a session on the server at `address`; returns the hall as it was left.

    `pace` 10 makes people live ten times as fast; the server's timers stay as they are. With a `chair_link` a
    simulated chair presides as well; without, a real one must. For each of the `secretariat_links` somebody simulated
    takes notes. `report` is called about once a second. With
    `until_ended` it returns when the session has ended, else only when cancelled.

    Raises what `app.client` raises: `Unreachable` after a minute without a connection, `NotAdmitted` for a wrong
    chair link.
    """
    if attendees < 0 or pace <= 0:
        raise ValueError(f"expected attendees >= 0 and pace > 0, got {attendees} and {pace}")
    chair = None if chair_link is None else await chair_cookies(chair_link)
    secretariat = [await chair_cookies(link) for link in secretariat_links]
    async with Client(address, as_="room") as room:
        hall = Hall(address, attendees, pace, seed, session=room.state["session"]["id"])
        if attendees == 0:
            hall.all_joined.set()
        arrivals_s = min(ARRIVALS_TAKE_S, attendees * 0.5)
        parts = [
            Attendee(person(number, seed), hall).attend(arrivals_s * number / attendees, until_ended=until_ended)
            for number in range(attendees)
        ]
        if chair is not None:
            parts.append(_preside(hall, chair))
        parts += [_write(hall, cookies, number) for number, cookies in enumerate(secretariat, start=1)]
        parts.append(_report(hall, room, report, until_ended=until_ended))
        await _together(parts)
        return hall


async def _preside(hall: Hall, cookies: dict[str, str]) -> None:
    async with Client(hall.address, as_="chair", cookies=cookies) as client:
        await Chair(hall, client).preside()


async def _write(hall: Hall, cookies: dict[str, str], number: int) -> None:
    async with Client(hall.address, as_="chair", cookies=cookies) as client:
        await Secretary(hall, client, number).write()


async def _report(hall: Hall, room: Client, report: Callable[[Progress], None], *, until_ended: bool) -> None:
    while not (until_ended and hall.over(room)):
        report(hall.progress(room))
        with contextlib.suppress(TimeoutError):
            await room.until(lambda c: until_ended and hall.over(c), timeout_s=REPORT_EVERY_S)
    report(hall.progress(room))


async def _together(parts: list[Coroutine[Any, Any, None]]) -> None:
    """All of them to their end; if one fails, none goes on, and its error is raised."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
