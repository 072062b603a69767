"""A table of a Word file: its heading row comes again on each page, and no row is cut."""

from collections.abc import Mapping, Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table as WordTable

from app.exports import word_text
from app.exports.report import Column, Table

STYLES = {False: ("Table Text", "Table Number"), True: ("Table Heading", "Table Heading Number")}
"""Of a row, and of one that stands out: what is not a number, and what is."""


def write_table(document: Document, ids: Mapping[str, str], table: Table, width: Length, *, rtl: bool) -> None:
    """Without its caption. `ids`: of styles, see `word_styles.ids_of`. `width`: that of the page."""
    columns = table.columns
    rows = (tuple(column.title for column in columns), *table.rows, *((table.total,) if table.total else ()))
    made = document.add_table(0, len(columns), "Table Grid")
    made.autofit = False
    _turn(made, rtl=rtl)
    whole = sum(column.width for column in columns)
    widths = [Length(round(width * column.width / whole)) for column in columns]
    for column, one in zip(made.columns, widths, strict=True):
        column.width = one
    for place, row in enumerate(rows):
        stands_out = place == 0 or row is table.total
        _write_row(made, ids, row, columns, widths, stands_out=stands_out, rtl=rtl)
    _mark_row(made, 0, "w:tblHeader")


def _write_row(
    made: WordTable,
    ids: Mapping[str, str],
    row: Sequence[str],
    columns: Sequence[Column],
    widths: Sequence[Length],
    *,
    stands_out: bool,
    rtl: bool,
) -> None:
    cells = made.add_row().cells  # type: ignore[no-untyped-call]
    for cell, text, column, width in zip(cells, row, columns, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph._p.style = ids[STYLES[stands_out][column.holds == "number"].lower()]
        own = word_text.is_right_to_left(text, rtl) if column.holds == "typed" else rtl
        word_text.write(paragraph, word_text.edged(text, own) if own != rtl else text, rtl=own)
    _mark_row(made, -1, "w:cantSplit")


def _mark_row(made: WordTable, place: int, name: str) -> None:
    made.rows[place]._tr.get_or_add_trPr().append(OxmlElement(name))


def _turn(made: WordTable, *, rtl: bool) -> None:
    """From right to left: the first column is the right one."""
    if rtl:
        style = made._tbl.tblPr.find(qn("w:tblStyle"))
        style.addnext(OxmlElement("w:bidiVisual"))
