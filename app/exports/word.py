"""The report as a Word file: headings, captions and tables by Word's own styles, and formatted by nothing else."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.text.paragraph import Paragraph

from app.exports import typesetting, word_fields, word_styles, word_text
from app.exports.making import NotATemplate
from app.exports.report import Block, Caption, Facts, Figure, Heading, Report, Style, Table, Text
from app.exports.word_table import write_table

STYLES: dict[Style, str] = {
    "body": "Normal",
    "lead": "Record Question",
    "meta": "Record Details",
    "bullet": "List Bullet",
    "quote": "Quote",
}
_LTR = "\u200e"
"""Not seen: what stands between two of them runs from left to right."""


def write_word(report: Report, out: BinaryIO, template: Path | None = None) -> None:
    """`template`: a .docx file whose styles, page and letterhead are taken, and whose text is not.

    Raises NotATemplate where it is none, OSError where it can't be read.
    """
    _Writer(report, template).document.save(out)


class _Writer:
    def __init__(self, report: Report, template: Path | None) -> None:
        self._report = report
        self._rtl = report.direction == "rtl"
        self.document = _opened(template)
        if template is None:
            word_styles.dress(self.document, report.language, rtl=self._rtl)
        else:
            word_styles.complete(self.document, rtl=self._rtl)
        self._ids = word_styles.ids_of(self.document)
        if template is None:
            self._lay_out()
        section = self.document.sections[-1]
        margins = (section.left_margin or 0) + (section.right_margin or 0)
        self._width = Length((section.page_width or Cm(21)) - margins)
        charts = [block.chart for block in report.blocks if isinstance(block, Figure)]
        given = {"direction": report.direction, "language": report.language, "charts": charts}
        self._pictures = iter(typesetting.pngs("figures.typ", report.language, figures=given) if charts else [])
        self._describe()
        self._write()

    def _lay_out(self) -> None:
        """A4, the session's title above, the page's number below."""
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.25)
        section.top_margin = section.bottom_margin = Cm(2.4)
        if self._rtl:
            section._sectPr.append(OxmlElement("w:bidi"))
        report = self._report
        head = section.header.paragraphs[0]
        self._say(head, " · ".join(text for text in (report.title, report.mark) if text))
        foot = section.footer.paragraphs[0]
        self._say(foot, report.status + "\t")
        foot.add_run(_LTR)
        word_fields.field(foot, "PAGE", "1")
        foot.add_run(f"{_LTR} / {_LTR}")
        word_fields.field(foot, "NUMPAGES", "1")
        foot.add_run(_LTR)

    def _describe(self) -> None:
        report, properties = self._report, self.document.core_properties
        properties.title = f"{report.title}: {report.subtitle}"[:255]
        properties.author = properties.last_modified_by = report.author[:255]
        properties.language = report.language
        properties.comments = properties.keywords = ""
        properties.subject = report.status[:255]
        properties.created = properties.modified = datetime.fromtimestamp(report.as_of_ms // 1000, UTC)
        properties.revision = 1

    def _write(self) -> None:
        report = self._report
        self._paragraph(report.title, "Title")
        self._paragraph(report.subtitle, "Subtitle")
        self._paragraph(report.status, "Record Status" if report.mark else "Record Details")
        for block in report.front:
            self._put(block)
        self._contents([block for block in report.blocks if isinstance(block, Heading) and block.level == 1])
        self._chapter = 0
        for block in report.blocks:
            self._put(block)

    def _contents(self, chapters: Sequence[Heading]) -> None:
        """A table of contents that Word fills with the numbers of the pages when it is asked to (F9)."""
        self._paragraph(self._report.contents, "TOC Heading")
        for number, chapter in enumerate(chapters, start=1):
            entry = self._add("toc 1")
            if number == 1:
                word_fields.begin_field(entry, r'TOC \o "1-1" \h \z \u')
            first = len(entry.runs)
            self._say(entry, chapter.text)
            word_fields.link(entry, _bookmark(number), first)
            if number == len(chapters):
                word_fields.end_field(entry)

    def _put(self, block: Block) -> None:
        match block:
            case Heading(level, text):
                heading = self._paragraph(text, f"Heading {level}")
                if level == 1:
                    self._chapter += 1
                    word_fields.bookmark(heading, self._chapter, _bookmark(self._chapter))
            case Text(text, style, label):
                self._text(text, style, label)
            case Facts(rows):
                for label, value in rows:
                    fact = self._add("Record Fact")
                    self._say(fact, label, "Strong")
                    self._say(fact, "\t" + value)
            case Table():
                self._caption(block.caption, "Table")
                write_table(self.document, self._ids, block, self._width, rtl=self._rtl)
            case Figure():
                self._caption(block.caption, "Figure")
                self._picture(block.alt)

    def _text(self, text: str, style: Style, label: str) -> None:
        rtl = word_text.is_right_to_left(text, self._rtl) if style in {"bullet", "quote", "body"} else self._rtl
        paragraph = self._add(STYLES[style])
        if label:
            self._say(paragraph, f"{label}: ", "Strong")
        else:
            word_text.turn(paragraph, rtl=rtl, page_rtl=self._rtl)
        word_text.write(paragraph, text, rtl=self._rtl if label else rtl)

    def _picture(self, alt: str) -> None:
        paragraph = self._add("Record Figure")
        picture = paragraph.add_run().add_picture(BytesIO(next(self._pictures)), width=self._width)
        picture._inline.docPr.set("descr", alt)

    def _caption(self, caption: Caption, counted_as: str) -> None:
        """Word counts tables and figures by itself, and so refers to them and lists them."""
        paragraph = self._add("Caption")
        self._say(paragraph, caption.before)
        word_fields.field(paragraph, rf"SEQ {counted_as} \* ARABIC", str(caption.number))
        self._say(paragraph, caption.after)

    def _paragraph(self, text: str, style: str) -> Paragraph:
        paragraph = self._add(style)
        self._say(paragraph, text)
        return paragraph

    def _add(self, style: str) -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self._ids[style.lower()]
        return paragraph

    def _say(self, paragraph: Paragraph, text: str, style: str | None = None) -> None:
        word_text.write(paragraph, text, rtl=self._rtl, style=self._ids[style.lower()] if style else None)


def _bookmark(number: int) -> str:
    return f"_Toc{number:08}"


def _opened(template: Path | None) -> Document:
    if template is None:
        return docx.Document()
    try:
        with template.open("rb") as file:
            document = docx.Document(file)
    except (OpcError, BadZipFile, KeyError, ValueError) as error:
        raise NotATemplate(f"{template} is no Word document (.docx): {error}") from None
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document
