"""The record written to a folder: whole, or as much of it as can still be read of a damaged database."""

from contextlib import closing
from pathlib import Path

from app import record
from app.database import check_whole_if_idle, sqlite_path
from app.entries import folded
from app.faults import FAULTS, cause, is_damage
from app.floor.state import EMPTY
from app.salvage import salvage
from app.store import Store


def export(url: str, session: str, to: Path) -> tuple[str, str]:
    """What was written, and of a damaged database what is wrong with it and what is left out; both in words.

    Raises one of `faults.FAULTS` where nothing can be read for another reason.
    """
    path = sqlite_path(url)
    try:
        check_whole_if_idle(url)  # opening it for writing would do away with what this finds
        with closing(Store(url, session)) as store:
            entries = store.load()
        return record.write(to, folded(EMPTY, entries), entries), ""
    except FAULTS as error:
        if path is None or not is_damage(error):
            raise
        good = salvage(path, session)
        written = record.write(to, good.state, good.entries) if good.entries else ""
        return written, f"is damaged ({cause(error)}). {good.in_words()}"
