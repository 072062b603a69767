"""Every file of the record by its name, and how each is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

from app.entries import Entry
from app.exports import csv_file, json_file, log_lines
from app.floor.record import Record
from app.record_words import Words, words_of

FORMATS: Mapping[str, tuple[str, ...]] = {
    "docx": ("record.docx",),
    "pdf": ("record.pdf",),
    "csv": ("interventions.csv", "not-heard.csv", "shares.csv"),
    "json": ("record.json",),
    "jsonl": ("log.jsonl",),
}
"""Each format with its files."""
MEDIA_TYPES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "jsonl": "application/jsonl",
}
TABLES: Mapping[str, Callable[..., int]] = {
    "interventions.csv": csv_file.write_interventions,
    "not-heard.csv": csv_file.write_not_heard,
    "shares.csv": csv_file.write_shares,
}


class NotATemplate(Exception):  # noqa: N818 - says how it is
    """The file given as a template is no Word document."""


@dataclass(frozen=True, slots=True)
class Options:
    language: str = "en"
    mark: bool = False
    """Tables begin with a byte order mark, for Excel."""
    template: Path | None = None
    """A Word file whose styles are taken."""


def made(name: str, record: Record, entries: Sequence[Entry], options: Options) -> bytes:
    """A file by its name in `FORMATS`. Only the log is made of the entries.

    Raises NotATemplate, or OSError, where the template can't be used.
    """
    out = BytesIO()
    match name:
        case "record.docx" | "record.pdf":
            _document(name, record, options, out)
        case "record.json":
            json_file.write_json(record, out)
        case "log.jsonl":
            log_lines.write_log(entries, out)
        case _:
            return _table(TABLES[name], record, words_of(record, options.language), mark=options.mark)
    return out.getvalue()


def _document(name: str, record: Record, options: Options, out: BinaryIO) -> None:
    from app.exports import pdf, report_making, word  # noqa: PLC0415 - large, and a server may never need them

    report = report_making.report_of(record, options.language)
    if name == "record.pdf":
        pdf.write_pdf(report, out)
    else:
        word.write_word(report, out, options.template)


def _table(write: Callable[..., int], record: Record, words: Words, *, mark: bool) -> bytes:
    out = BytesIO()
    text: TextIO = TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    write(record, words, text, mark=mark)
    return out.getvalue()
