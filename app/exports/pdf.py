"""The report as PDF: A4, tagged, its text selectable, in all scripts."""

from typing import BinaryIO

from app.exports import typesetting
from app.exports.report import Report


def write_pdf(report: Report, out: BinaryIO) -> None:
    out.write(typesetting.pdf("record.typ", report.language, report.as_of_ms, report=report))
