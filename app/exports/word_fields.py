"""Fields and bookmarks of a Word file: what Word counts by itself, with the result that is known now."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph


def field(paragraph: Paragraph, instruction: str, result: str) -> None:
    begin_field(paragraph, instruction)
    paragraph.add_run(result)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """What is written next is its result, until `end_field`, which may be in a later paragraph."""
    _mark(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._r.append(text)
    _mark(paragraph, "separate")


def end_field(paragraph: Paragraph) -> None:
    _mark(paragraph, "end")


def bookmark(paragraph: Paragraph, number: int, name: str) -> None:
    """Around all of a paragraph."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (begin, end):
        mark.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    paragraph._p.insert(1, begin)
    paragraph._p.append(end)


def link(paragraph: Paragraph, to: str, first: int = 0) -> None:
    """What was written, from the run `first` on, leads to a bookmark."""
    anchor = OxmlElement("w:hyperlink")
    anchor.set(qn("w:anchor"), to)
    for run in paragraph.runs[first:]:
        anchor.append(run._r)
    paragraph._p.append(anchor)


def _mark(paragraph: Paragraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)
