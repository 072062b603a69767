"""The record written to a folder: whole, or as much of it as can still be read of a damaged database."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from app.database import check_whole_if_idle, sqlite_path
from app.entries import Entry, acts, folded
from app.exports.making import NotATemplate, Options, made
from app.faults import FAULTS, cause, is_damage
from app.floor.record import Record
from app.floor.record_making import record_of
from app.floor.state import EMPTY
from app.salvage import salvage
from app.store import Store


class Unwritten(Exception):  # noqa: N818 - says how it is
    """A file can't be written, or the template can't be used; in words."""


def write_folder(
    url: str,
    session: str,
    to: Path,
    names: Iterable[str],
    *,
    now_ms: int,
    counted_as: Mapping[str, str],
    options: Options,
) -> tuple[str, str]:
    """What was written, and of a damaged database what is wrong with it and what is left out; both in words.

    `names`: of files, see `making.FORMATS`. `now_ms`: what the record is as of, while the session goes on. Raises
    one of `faults.FAULTS` where nothing can be read for another reason than damage, and Unwritten.
    """
    path = sqlite_path(url)
    try:
        check_whole_if_idle(url)  # opening it for writing would do away with what this finds
        with closing(Store(url, session)) as store:
            entries: Sequence[Entry] = store.load()
        folded(EMPTY, entries)
        damage = ""
    except FAULTS as error:
        if path is None or not is_damage(error):
            raise
        good = salvage(path, session)
        entries, damage = good.entries, f"is damaged ({cause(error)}). {good.in_words()}"
    if not entries:
        return ("" if damage else "Nothing has happened in this session yet: nothing was written."), damage
    last_ms = entries[-1].event.at_ms
    record = record_of(acts(entries), last_ms if damage else max(now_ms, last_ms), counted_as)
    return _written(to, names, record, entries, options), damage


def _written(to: Path, names: Iterable[str], record: Record, entries: Sequence[Entry], options: Options) -> str:
    said = []
    for name in names:
        try:
            content = made(name, record, entries, options)
            to.mkdir(parents=True, exist_ok=True)
            (to / name).write_bytes(content)
        except (OSError, NotATemplate) as error:
            raise Unwritten(f"{name} was not written: {error}") from error
        said.append(f"{to / name}: {_what(name, record, entries)}")
    return "\n".join(said)


def _what(name: str, record: Record, entries: Sequence[Entry]) -> str:
    match name:
        case "log.jsonl":
            return f"{len(entries)} events"
        case "not-heard.csv":
            return f"{sum(len(topic.not_heard) for topic in record.topics)} not heard"
        case "shares.csv":
            return f"{len(record.groups)} groups"
        case _:
            return f"{len(record.spoken)} interventions, replies and points of order"
