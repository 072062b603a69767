"""`open-floor erase`: personal data goes, of one person or of all; also while the server runs."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from app.cli_given import SESSION_FILE, ConfigFile, Database, faults_told, secret_of, settings_of, stop, store_of
from app.clock import boot, steady_clock
from app.config import Settings
from app.entries import acts
from app.erasing import Eraser
from app.floor.commands import EraseEverybody, EraseParticipant
from app.floor.erasures import Erasure, erasures_of
from app.floor.errors import NoSuchParticipant
from app.floor.people import Participant
from app.floor.state import State, heard
from app.floor.text import cleaned
from app.keeping import due_ms
from app.store import Store
from app.web.access import Access


def erase(
    participant: Annotated[
        str | None, typer.Argument(help="Whose data: an id, a personal code, or a whole name.", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    due: Annotated[
        bool, typer.Option("--due", help="Everybody's, where keep_personal_data_days of the session file are over.")
    ] = False,
    list_: Annotated[bool, typer.Option("--list", help="List what was erased so far, and erase nothing.")] = False,
    config: ConfigFile = SESSION_FILE,
    database: Database = None,
) -> None:
    """Take somebody's personal data out of the session, its record and its exports. What they said counts on."""
    if [participant is not None, due, list_].count(True) != 1:
        stop("Say whose data is to be erased, or --due, or --list: one of the three.")
    settings = settings_of(config, database=database)
    with faults_told(settings), _opened(settings) as (store, eraser):
        if list_:
            _print(_erasures(eraser), settings)
        elif due:
            _erase_due(store, eraser, settings)
        elif participant is not None:
            _erase_one(eraser, _meant(participant, eraser.state, Access(store, secret_of(settings))), sure=yes)


@contextmanager
def _opened(settings: Settings) -> Iterator[tuple[Store, Eraser]]:
    with closing(store_of(settings)) as store:
        now_ms = steady_clock(store.newest_ms(), store.clock_zero_ms(boot()))
        yield store, Eraser(store, now_ms)


def _meant(given: str, state: State, access: Access) -> Participant:
    """Whom it is of. Where it is a name of several people's, they are listed, and nothing is done."""
    id_ = state.merged.get(given, given)
    found = [one for one in state.participants.values() if one.id == id_ and not one.erased]
    if not found and (owner := access.participant_of_code(given, state)):
        found = [state.participants[owner]]
    if not found:
        name = cleaned(given).casefold()
        found = [one for one in state.participants.values() if not one.erased and one.name.casefold() == name]
    if not found:
        stop(f"Nobody is known by {given!r}: neither an id, nor a personal code, nor anybody's whole name.")
    if len(found) > 1:
        spoken = heard(state)
        rows = (f"  {_described(one)}{', spoke' if one.id in spoken else ''}" for one in found)
        stop("\n".join(["Several people are known by that name. Say which, by the id:", *rows]))
    return found[0]


def _described(one: Participant) -> str:
    return f"{one.id}  {one.name}, {one.organisation or '–'}, {one.group}"


def _erase_one(eraser: Eraser, one: Participant, *, sure: bool) -> None:
    if not sure and not typer.confirm(f"Erase {_described(one)}?"):
        stop("Nothing was erased.")
    try:
        eraser.erase(EraseParticipant(one.id))
    except NoSuchParticipant:
        stop("They have taken out their data themselves meanwhile.")
    typer.echo(_in_words(_erasures(eraser)[-1]))


def _erase_due(store: Store, eraser: Eraser, settings: Settings) -> None:
    days = settings.keep_personal_data_days
    if days is None:
        stop("The session file has no keep_personal_data_days: personal data is kept until it is erased by hand.")
    at_ms = due_ms(eraser.state, store.newest_ms(), days)
    if eraser.now_ms() < at_ms:
        typer.echo(f"Nothing is due: personal data is kept until {_time(at_ms, settings)}.")
        return
    before = len(_erasures(eraser))
    eraser.erase(EraseEverybody())
    _print(_erasures(eraser)[before:], settings)


def _erasures(eraser: Eraser) -> list[Erasure]:
    return list(erasures_of(eraser.state, (event for _, act in acts(eraser.log) for event in act)))


def _print(erasures: list[Erasure], settings: Settings) -> None:
    for one in erasures:
        typer.echo(f"{_time(one.at_ms, settings)}  {_in_words(one)}")
        if len(one.participants) > 1:
            for participant, group in one.participants.items():
                typer.echo(f"  {participant}  {group}")
    if not erasures:
        typer.echo("Nothing was erased.")


def _in_words(one: Erasure) -> str:
    """Whose it was by id and group; the name has gone."""
    people = [f"{participant} ({group})" for participant, group in one.participants.items()]
    who = people[0] if len(people) == 1 else f"{len(people)} participants"
    return f"erased: {who}, the words of {one.words} requests, {one.notes} notes"


def _time(at_ms: int, settings: Settings) -> str:
    return datetime.fromtimestamp(at_ms // 1000, ZoneInfo(settings.plan.time_zone)).isoformat(" ")
