"""`open-floor export`: the record as files in a folder."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import typer

from app import i18n
from app.cli_given import DAMAGED, SESSION_FILE, ConfigFile, Database, database_there, faults_told, settings_of, stop
from app.clock import wall_ms
from app.exports.folder import Unwritten, write_folder
from app.exports.making import FORMATS, Options
from app.floor.record_making import AS_IGF


class Format(StrEnum):
    docx = "docx"
    pdf = "pdf"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"


def export(
    to: Annotated[Path, typer.Argument(help="The folder for the files.")] = Path("export"),
    formats: Annotated[
        list[Format] | None, typer.Option("--format", help="One of them; may be given more than once. Default: all.")
    ] = None,
    groups: Annotated[
        Literal["apart", "igf"], typer.Option(help="igf: academia counts with the technical community.")
    ] = "apart",
    language: Annotated[str, typer.Option(help="Of Word and PDF, and of the titles in the tables.")] = i18n.ENGLISH,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin the tables with the mark by which Excel knows UTF-8.")
    ] = False,
    template: Annotated[
        Path | None, typer.Option(help="A .docx file whose styles, page and letterhead the Word file takes.")
    ] = None,
    config: ConfigFile = SESSION_FILE,
    database: Database = None,
) -> None:
    """Write the record as Word, PDF, tables (CSV) and JSON, and the event log. A running server is not disturbed."""
    settings = settings_of(config, database=database)
    path = database_there(settings)
    if language not in i18n.languages():
        stop(f"--language: expected one of {', '.join(i18n.languages())}, got {language!r}")
    names = [name for one in formats or FORMATS for name in FORMATS[str(one)]]
    options = Options(language, bom, template)
    try:
        with faults_told(settings):
            written, damage = write_folder(
                settings.database_url,
                settings.plan.id,
                to,
                names,
                now_ms=wall_ms(),
                counted_as=AS_IGF if groups == "igf" else {},
                options=options,
            )
    except Unwritten as error:
        stop(str(error))
    if written:
        typer.echo(written)
    if damage:
        stop(f"The database {path} {damage}", DAMAGED)
